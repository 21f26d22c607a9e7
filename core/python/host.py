"""Runs a Python tool's command line job after job in one process: its start is paid once.

Started as `python -I host.py MODULE PROGRAM`, where MODULE has a `main()` as console scripts call it and PROGRAM is what the
tool takes itself for. Jobs come as JSON lines on descriptor 3 and are answered there. What the tool prints goes to
descriptors 1 and 2 as ever; after each job a line with the job's own mark ends both.

    <- {"ready": true}
    -> {"argv": [...], "environment": {...}, "directory": "/...", "mark": "..."}
    <- {"exit": 0, "memory": 48000000, "reusable": true}

The process ends when descriptor 3 closes, after a SIGINT, and by itself when a job has left something behind.
"""

import contextvars
import gc
import importlib
import io
import json
import logging
import os
import signal
import socket
import sys
import tempfile
import threading
import traceback

CHANNEL = 3
USAGE = 'host.py is started by a runner: host.py MODULE PROGRAM'


def serve(module, program):
    channel = os.fdopen(os.dup(CHANNEL), 'r+b', buffering=0)
    os.close(CHANNEL)
    lines = io.BufferedReader(channel)
    # The tool's own output, whatever a job does to descriptors 1 and 2.
    outputs = (os.dup(1), os.dup(2))
    gc.disable()
    main = importlib.import_module(module).main
    gc.enable()
    # What has been loaded stays: it need not be looked through after each job.
    gc.freeze()
    answer(channel, {'ready': True})
    home = State()
    for line in lines:
        job = json.loads(line)
        restore_outputs(outputs)
        code = run_job(main, program, job)
        restore_outputs(outputs)
        for output in outputs:
            write_all(output, f'\n{job["mark"]}\n'.encode())
        reusable = home.restore() and not interrupted
        answer(channel, {'exit': code, 'memory': resident_bytes(), 'reusable': reusable})
        if not reusable:
            return
        # Nobody waits for it.
        gc.collect()


def run_job(main, program, job):
    """Gives the exit code that a process of its own would end with."""
    os.chdir(job['directory'])
    os.environ.clear()
    os.environ.update(job['environment'])
    sys.argv[:] = [program, *job['argv']]
    streams = open_streams()
    try:
        # The tool keeps options in context variables.
        return contextvars.copy_context().run(exit_code_of, main)
    except BaseException:
        # As the interpreter does with what nobody catches.
        traceback.print_exc()
        return 1
    finally:
        close_streams(streams)


def exit_code_of(main):
    try:
        code = main()
    except SystemExit as end:
        code = end.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


class State:
    """What a job may change in the process, and what a fresh process would have."""

    def __init__(self):
        self.signals = {number: signal.getsignal(number) for number in signal.valid_signals()}
        self.umask = os.umask(0o077)
        os.umask(self.umask)
        self.threads = threading.active_count()
        self.path = list(sys.path)
        self.excepthook = sys.excepthook

    def restore(self):
        """False when something still runs: then nobody knows what it will do."""
        os.chdir('/')
        os.environ.clear()
        os.umask(self.umask)
        for number, handler in self.signals.items():
            if signal.getsignal(number) is not handler:
                signal.signal(number, handler)
        signal.setitimer(signal.ITIMER_REAL, 0)
        socket.setdefaulttimeout(None)
        logging.getLogger().handlers.clear()
        tempfile.tempdir = None
        sys.path[:] = self.path
        sys.excepthook = self.excepthook
        return threading.active_count() <= self.threads and not has_children()


def has_children():
    """True while a child of the job runs. Ended ones are taken note of."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
        return True
    except ChildProcessError:
        return False


interrupted = False


def note_interrupt(number, frame):
    """Interrupts as ever; a process that was interrupted takes no more jobs."""
    global interrupted
    interrupted = True
    raise KeyboardInterrupt


def open_streams():
    """Streams as a process has them that was started with PYTHONUNBUFFERED and PYTHONIOENCODING=utf-8."""
    sys.stdin = open(0, encoding='utf-8', closefd=False)
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.FileIO(number, 'w', closefd=False), encoding='utf-8', errors=errors, write_through=True)
        for number, errors in ((1, 'strict'), (2, 'backslashreplace'))
    )
    return sys.stdout, sys.stderr


def close_streams(streams):
    for stream in streams:
        try:
            stream.flush()
        except (OSError, ValueError):
            pass  # Closed by the job, or nobody reads.
    sys.stdin, sys.stdout, sys.stderr = sys.__stdin__, sys.__stdout__, sys.__stderr__


def restore_outputs(outputs):
    for number, output in zip((1, 2), outputs):
        os.dup2(output, number)


def resident_bytes():
    try:
        with open('/proc/self/statm', encoding='ascii') as file:
            return int(file.read().split()[1]) * os.sysconf('SC_PAGE_SIZE')
    except OSError:
        return 0  # No /proc here.


def answer(channel, message):
    write_all(channel.fileno(), json.dumps(message).encode() + b'\n')


def write_all(number, data):
    while data:
        data = data[os.write(number, data) :]


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(USAGE)
    signal.signal(signal.SIGINT, note_interrupt)
    serve(*sys.argv[1:])
