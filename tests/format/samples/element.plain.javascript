const page = (
  <div className="big @@" {...rest} title='@@'>
    Don't @@ <b>stop</b> {/* @@ */} now {names.map(n => <li key={n}>"@@" {`@@`}</li>)} <br/>
    <></> <Item of="x > y" as={a < b ? "@@" : c}/> @@
  </div>
);
const f = <T,>(x) => x < 3 ? /"/ : a<b; use(<p/>, <List<Item> all={all}>@@</List>); d = a / b; "@@";
