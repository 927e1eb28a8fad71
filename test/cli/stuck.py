"""Runs a program for which a folder is on a share that has gone, while a file says so.

    stuck.py FOLDER FLAG PROGRAM ARGUMENT...

While the file FLAG exists, whoever opens or looks at anything in FOLDER waits in the kernel for ever, as on a mount of NFS
whose server is away: seccomp asks a supervisor about each such call (seccomp_unotify(2)), and it does not answer.
"""

import ctypes
import fcntl
import os
import select
import socket
import struct
import sys

ALLOW, NOTIFY, CONTINUE = 0x7FFF0000, 0x7FC00000, 1
RECEIVE, SEND = 0xC0502100, 0xC0182101
PR_SET_PTRACER = 0x59616D61
# All of them have the path as their second argument.
CALLS = ("openat", "statx", "newfstatat", "readlinkat")


def path_in(process, address):
    """The text at an address of another process, up to its end or the page's."""
    with open(f"/proc/{process}/mem", "rb", buffering=0) as memory:
        memory.seek(address)
        return memory.read(min(4096, 4096 - address % 4096)).split(b"\0")[0]


def supervise(listener, folder, flag):
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    while True:
        if any(event & select.POLLHUP for _, event in poll.poll()):
            return
        request = bytearray(80)
        try:
            fcntl.ioctl(listener, RECEIVE, request)
            identity, process = struct.unpack_from("=QI", request)
            path = path_in(process, struct.unpack_from("=Q", request, 40)[0])
            if os.path.exists(flag) and path.startswith(folder):
                continue
            fcntl.ioctl(listener, SEND, bytearray(struct.pack("=QqiI", identity, 0, 0, CONTINUE)))
        except OSError:
            # Whoever asked has ended meanwhile.
            continue


def main(folder, flag, *command):
    ours, theirs = socket.socketpair()
    supervisor = os.fork()
    if supervisor == 0:
        ours.close()
        os.setsid()
        _, (listener,), _, _ = socket.recv_fds(theirs, 1, 1)
        for standard in (0, 1, 2):
            os.close(standard)
        supervise(listener, folder.encode(), flag)
        os._exit(0)
    ctypes.CDLL(None).prctl(PR_SET_PTRACER, supervisor, 0, 0, 0)
    seccomp = ctypes.CDLL("libseccomp.so.2")
    seccomp.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(seccomp.seccomp_init(ALLOW))
    for call in CALLS:
        number = seccomp.seccomp_syscall_resolve_name(call.encode())
        if number >= 0:
            assert seccomp.seccomp_rule_add_array(context, NOTIFY, number, 0, None) == 0, call
    assert seccomp.seccomp_load(context) == 0
    socket.send_fds(ours, [b"x"], [seccomp.seccomp_notify_fd(context)])
    ours.close()
    theirs.close()
    os.execv(command[0], command)


main(*sys.argv[1:])
