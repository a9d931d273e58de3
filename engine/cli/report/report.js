"use strict";
(() => {
    const one = (selector) => document.querySelector(selector);
    const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
    const kinds = all(".chart button");
    const marks = all("mark");
    const sections = all(".document");
    const detail = one("#detail");
    const off = new Set();
    let visible = marks;

    const show = (element, on) => { element.hidden = !on; };

    /* ---- filters ---- */

    const filter = () => {
        const part = one("#filter").value.trim().toLowerCase();
        for (const section of sections) {
            let left = 0;
            for (const entry of all(".findings li", section)) {
                show(entry, !off.has(entry.dataset.entity));
                left += !entry.hidden;
            }
            show(section, left > 0 && section.dataset.file.toLowerCase().includes(part));
        }
        for (const mark of marks) {
            const hides = off.has(mark.dataset.entity);
            mark.classList.toggle("off", hides);
            mark.tabIndex = hides ? -1 : 0;
        }
        visible = marks.filter((mark) => mark.tabIndex === 0 && !mark.closest(".document").hidden);
        one("#shown").textContent = visible.length === marks.length ? `${marks.length} shown`
            : `${visible.length} of ${marks.length} shown`;
    };

    for (const kind of kinds) {
        kind.addEventListener("click", () => {
            const on = kind.getAttribute("aria-pressed") === "true";
            kind.setAttribute("aria-pressed", String(!on));
            if (on) off.add(kind.dataset.entity);
            else off.delete(kind.dataset.entity);
            filter();
        });
    }
    one("#filter").addEventListener("input", filter);

    /* ---- the finding in focus ---- */

    let current = null;

    const step = (by) => {
        if (visible.length === 0) return;
        const at = visible.indexOf(current);
        const next = at < 0 ? (by > 0 ? 0 : visible.length - 1) : (at + by + visible.length) % visible.length;
        visible[next].focus({ preventScroll: true });
        visible[next].scrollIntoView({ block: "center", behavior: "auto" });
    };

    const entryOf = (mark) => document.getElementById(mark.getAttribute("aria-describedby"));

    const describe = (mark) => {
        current = mark;
        const entry = document.createElement("div");
        entry.className = "entry";
        for (const part of entryOf(mark).children) entry.append(part.cloneNode(true));
        const of = document.createElement("p");
        of.className = "of";
        of.textContent = mark.closest(".document").dataset.file;
        detail.replaceChildren(of, entry);
        show(detail, true);
    };

    document.addEventListener("focusin", (event) => {
        const mark = event.target.closest("mark");
        if (mark) describe(mark);
        else if (!event.target.closest("#detail, .steps")) show(detail, false);
    });

    one("#next").addEventListener("click", () => step(1));
    one("#previous").addEventListener("click", () => step(-1));

    document.addEventListener("click", (event) => {
        const place = event.target.closest("a.place");
        if (!place) return;
        event.preventDefault();
        const mark = document.getElementById(place.hash.slice(1));
        if (!mark) return;
        mark.focus({ preventScroll: true });
        mark.scrollIntoView({ block: "center" });
    });

    /* ---- keys ---- */

    const leave = () => {
        show(detail, false);
        if (document.activeElement) document.activeElement.blur();
    };

    const keys = { j: () => step(1), k: () => step(-1), "/": () => one("#filter").focus(), Escape: leave };
    const keysOnMark = {
        ArrowDown: () => step(1), ArrowRight: () => step(1), ArrowUp: () => step(-1), ArrowLeft: () => step(-1),
        Enter: () => entryOf(current).focus(),
    };

    document.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.target.matches("input") && event.key !== "Escape") return;
        const action = keys[event.key] || (event.target.matches("mark") && keysOnMark[event.key]);
        if (!action) return;
        event.preventDefault();
        action();
    });

    /* ---- dark and light ---- */

    const root = document.documentElement;
    const theme = one("#theme");
    const dark = () => root.dataset.theme ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
    const nameTheme = () => { theme.textContent = dark() ? "Light" : "Dark"; };

    theme.addEventListener("click", () => {
        root.dataset.theme = dark() ? "light" : "dark";
        nameTheme();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", nameTheme);
    nameTheme();

    for (const element of all(".needs-script, #theme")) show(element, true);
    filter();
})();
