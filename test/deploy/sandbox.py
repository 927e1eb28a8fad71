"""Runs a program under the system call filter and the address families of a systemd unit.

    sandbox.py UNIT PROGRAM ARGUMENT...

systemd itself runs nothing here, as it is not the first process; but a filter is libseccomp's work, and so it is here.
What the unit says is read from the unit; the groups of system calls are systemd-analyze's.
"""

import ctypes
import errno
import os
import re
import subprocess
import sys

ALLOW = 0x7FFF0000
REFUSE = 0x00050000 | errno.EPERM
EQUAL = 4
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10}


class Comparison(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


def group(name):
    """The system calls of a group, with those of the groups in it."""
    if not name.startswith("@"):
        return {name}
    text = subprocess.run(["systemd-analyze", "syscall-filter", name], check=True, capture_output=True, text=True).stdout
    words = [line.strip() for line in text.splitlines()[1:]]
    return {call for word in words if word and not word.startswith("#") for call in group(word)}


def allowed_calls(unit):
    calls = group("@default")
    for line in re.findall(r"^SystemCallFilter=(.*)$", unit, re.MULTILINE):
        named = {call for word in line.lstrip("~").split() for call in group(word)}
        calls = calls - named if line.startswith("~") else calls | named
    # systemd sets the filter up before it starts the program.
    return calls | {"execve", "exit_group"}


def main(path, *command):
    with open(path, encoding="utf-8") as file:
        unit = file.read()
    families = re.search(r"^RestrictAddressFamilies=(.*)$", unit, re.MULTILINE).group(1).split()
    seccomp = ctypes.CDLL("libseccomp.so.2")
    seccomp.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(seccomp.seccomp_init(REFUSE))
    for call in sorted(allowed_calls(unit) - {"socket"}):
        number = seccomp.seccomp_syscall_resolve_name(call.encode())
        if number >= 0:
            assert seccomp.seccomp_rule_add_array(context, ALLOW, number, 0, None) == 0, call
    number = seccomp.seccomp_syscall_resolve_name(b"socket")
    for family in families:
        comparison = Comparison(0, EQUAL, FAMILIES[family], 0)
        assert seccomp.seccomp_rule_add_array(context, ALLOW, number, 1, ctypes.byref(comparison)) == 0, family
    assert seccomp.seccomp_load(context) == 0
    os.execv(command[0], command)


main(*sys.argv[1:])
