#include "sandbox_calls.h"

#include <errno.h>
#include <stddef.h>

#ifdef CLI_HAS_SECCOMP
#include <seccomp.h>

/* Programs, the network, other processes, name spaces, the kernel itself. The command
 * needs files, memory, threads and signals only. */
static const int denied[] = {
    SCMP_SYS(execve),        SCMP_SYS(execveat),          SCMP_SYS(fork),
    SCMP_SYS(vfork),         SCMP_SYS(socket),            SCMP_SYS(socketpair),
    SCMP_SYS(connect),       SCMP_SYS(bind),              SCMP_SYS(listen),
    SCMP_SYS(accept),        SCMP_SYS(accept4),           SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),       SCMP_SYS(sendmmsg),          SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_getfd),   SCMP_SYS(kcmp),              SCMP_SYS(mount),
    SCMP_SYS(umount2),       SCMP_SYS(pivot_root),        SCMP_SYS(chroot),
    SCMP_SYS(move_mount),    SCMP_SYS(open_tree),         SCMP_SYS(fsopen),
    SCMP_SYS(setns),         SCMP_SYS(unshare),           SCMP_SYS(init_module),
    SCMP_SYS(finit_module),  SCMP_SYS(delete_module),     SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load), SCMP_SYS(bpf),             SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),   SCMP_SYS(io_uring_setup),    SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register), SCMP_SYS(add_key),       SCMP_SYS(request_key),
    SCMP_SYS(keyctl),        SCMP_SYS(open_by_handle_at), SCMP_SYS(mknod),
    SCMP_SYS(mknodat),       SCMP_SYS(setuid),            SCMP_SYS(setgid),
    SCMP_SYS(setreuid),      SCMP_SYS(setregid),          SCMP_SYS(setresuid),
    SCMP_SYS(setresgid),     SCMP_SYS(setgroups),         SCMP_SYS(capset),
    SCMP_SYS(personality),   SCMP_SYS(swapon),            SCMP_SYS(swapoff),
    SCMP_SYS(reboot),        SCMP_SYS(acct),              SCMP_SYS(quotactl),
    SCMP_SYS(settimeofday),  SCMP_SYS(clock_settime),     SCMP_SYS(adjtimex),
};

static int fill(scmp_filter_ctx filter)
{
    int error = 0;
    for (size_t i = 0; i < sizeof denied / sizeof *denied && !error; i++)
        error = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, denied[i], 0);
    return error;
}

int sandbox_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return ENOMEM;
    int error = fill(filter);
    if (!error)
        error = seccomp_load(filter);
    seccomp_release(filter);
    return error == -EINVAL || error == -ENOSYS || error == -EOPNOTSUPP ? 0 : -error;
}

#else

int sandbox_calls(void)
{
    return 0;
}

#endif
