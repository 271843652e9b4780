"""Drives one kernel with jupyter_client, step by step.

Argument: the kernel's name. Standard input: a line of JSON for each step,
{"do": NAME, ...}. Standard output: a line of JSON for what came of it.
"""

import json
import os
import signal
import subprocess
import sys
import time
from queue import Empty

from jupyter_client import KernelManager

manager = KernelManager(kernel_name=sys.argv[1])
clients = []


def connect():
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    clients.append(client)


def start():
    # Else the kernel holds this program's standard output open when this ends.
    manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    connect()
    return {"pid": manager.provisioner.process.pid}


def client():
    """One more client, which reads along."""
    connect()


def send(code, client=0):
    return clients[client].execute(code)


def collect(id, client=0, timeout=30):
    """What a cell shows until it has ended, as any front end reads it."""
    outputs, end = [], time.monotonic() + timeout
    while True:
        try:
            message = clients[client].get_iopub_msg(
                timeout=max(0.01, end - time.monotonic())
            )
        except Empty:
            return {"ended": False, "outputs": outputs}
        except ValueError:  # A damaged message: its signature is wrong.
            continue
        if message["parent_header"].get("msg_id") != id:
            continue
        type, content = message["msg_type"], message["content"]
        if type == "status":
            if content["execution_state"] == "idle":
                break
        elif type != "execute_input":
            text = content.get("text") or "\n".join(content.get("traceback", []))
            bundle = content.get("data", {})
            plain = bundle.get("text/plain") or next(iter(bundle.values()), "")
            data = text or plain
            outputs.append([type, len(data) if len(data) > 100_000 else data])
    reply = None
    while client == 0 and reply is None:
        try:
            message = clients[0].get_shell_msg(timeout=max(0.01, end - time.monotonic()))
        except Empty:
            return {"ended": False, "outputs": outputs}
        if message["parent_header"].get("msg_id") == id:
            reply = message["content"]
    return {"ended": True, "outputs": outputs, "reply": reply}


def interrupt():
    manager.interrupt_kernel()


def restart():
    """As the button does it."""
    manager.restart_kernel()
    clients[0].wait_for_ready(timeout=60)
    return {"pid": manager.provisioner.process.pid}


def shutdown(now=False):
    manager.shutdown_kernel(now=now)


def disconnect():
    """The last client goes away without a word."""
    clients.pop().stop_channels()


def kill():
    """Ends the process that Jupyter started, and none of its children."""
    os.kill(manager.provisioner.process.pid, signal.SIGKILL)


def ports():
    info = manager.get_connection_info()
    return {name: port for name, port in info.items() if name.endswith("_port")}


for line in sys.stdin:
    step = json.loads(line)
    print(json.dumps(globals()[step.pop("do")](**step)), flush=True)
