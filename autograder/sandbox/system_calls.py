"""The system calls that a worker may make. Trusted side: the filter is compiled here, loaded there.

An allow-list: what is not named fails with EPERM, and with it every call of another ABI of the same
processor (x32). There is no way to make a process or a thread, a socket, a signal to another process,
or memory that the address space limit does not count. Nor is there what leaves a message for a later
worker in the kernel: which pages of a file it pushed out of memory, locks on files, the numbers of pipes;
nor what tells of the machine (sysinfo: memory, load, processes) or of other workers, since a student may see
what an answer prints.
"""

import errno
from contextlib import suppress
from fcntl import F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_GETFL, F_SETFD, F_SETFL
from functools import cache

from seccompy import Action, ArgCmp, CmpOp, Filter, syscall_nr

# By how often a worker makes them: the filter is searched from the top.
ALLOWED = """
    read write mmap munmap brk mprotect mremap lseek close fstat
    newfstatat openat readv writev pread64 pwrite64 poll ppoll select pselect6
    nanosleep gettimeofday time getrusage times
    rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack restart_syscall
    stat lstat access faccessat faccessat2 statx readlink readlinkat getdents64 getcwd
    open creat ftruncate truncate unlink unlinkat rename renameat renameat2 fsync fdatasync
    dup dup2 dup3
    getuid geteuid getgid getegid getgroups
    getrandom uname getcpu sched_yield
    getrlimit setitimer getitimer alarm set_robust_list get_robust_list rseq membarrier
    arch_prctl exit exit_group umask chdir msync
"""
# A worker's own number counts the workers before it, and so do those that exist: each of these gives 0.
ANSWERED_BY_0 = ("getpid", "gettid", "getppid", "getpgrp", "getpgid", "getsid")
OF_ITSELF = (
    "sched_getaffinity",
    "sched_getparam",
    "sched_getscheduler",
)  # which has the number 0, too
# Of its socket a worker needs plain bytes: without urgent ones (MSG_OOB), in which the kernel had faults.
WITHOUT_FLAGS = ("recvfrom", "sendto")
# Clocks of its own, not those of other processes, which have negative numbers: what they use is a message.
WITH_CLOCK = ("clock_gettime", "clock_nanosleep", "clock_getres")
CLOCKS = range(12)
# A futex of its own memory: on a file that others map, too, it would be one that they share.
FUTEX_PRIVATE = 128
# Memory may be given back (DONTNEED, FREE) and kept in large pages or small ones; no page is pushed out.
ADVICE = (4, 8, 14, 15)
# Descriptors may be copied and their flags set; who gets signals for them (F_SETOWN) may not.
FCNTL_COMMANDS = (F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC)


@cache
def program() -> bytes:
    """The filter as BPF instructions for this machine's processor."""
    syscalls = Filter(default=Action.ERRNO | errno.EPERM)
    for name in ALLOWED.split():
        try:
            number = syscall_nr(name)
        except (KeyError, ValueError):
            continue  # older ways to do a thing, that newer processors never had
        syscalls.allow(number)
    for name in ANSWERED_BY_0:
        with suppress(KeyError, ValueError):
            syscalls.errno(syscall_nr(name), 0)  # which is no error, but the result
    for name in OF_ITSELF:
        syscalls.allow(name, args=[ArgCmp(0, CmpOp.EQ, 0)])
    syscalls.allow("getpriority", args=[ArgCmp(1, CmpOp.EQ, 0)])
    for name in WITHOUT_FLAGS:
        syscalls.allow(name, args=[ArgCmp(3, CmpOp.EQ, 0)])
    for name in WITH_CLOCK:
        for clock in CLOCKS:
            syscalls.allow(name, args=[ArgCmp(0, CmpOp.EQ, clock)])
    syscalls.allow("futex", args=[ArgCmp(1, CmpOp.MASKED_EQ, FUTEX_PRIVATE, FUTEX_PRIVATE)])
    for advice in ADVICE:
        syscalls.allow("madvise", args=[ArgCmp(2, CmpOp.EQ, advice)])
    for command in FCNTL_COMMANDS:
        syscalls.allow("fcntl", args=[ArgCmp(1, CmpOp.EQ, command)])
    # Its own limits only: pid 0.
    syscalls.allow("prlimit64", args=[ArgCmp(0, CmpOp.EQ, 0)])
    # glibc asks for clone3 first and takes ENOSYS as a reason to try clone, which then is refused.
    syscalls.errno("clone3", errno.ENOSYS)
    return syscalls.program
