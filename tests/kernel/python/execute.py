"""Runs notebooks with plain nbclient, each in a kernel of its own.

Standard input: a JSON array of {"kernel", "cells": [source], "folder"}.
Standard output: for each a line of JSON, {"ready": seconds, "seconds": [per cell],
"outputs": [per cell, [type, text, ...]]}, texts that are long as their length.
"""

import asyncio
import json
import sys
import time

import nbformat
from nbclient import NotebookClient

LONG = 100_000


def text_of(output):
    """What an output shows; its length where that is long."""
    if output.output_type == "stream":
        text = output.text
    elif output.output_type == "error":
        text = "\n".join(output.traceback)
    else:
        text = next(iter(output.data.values()), "")
    return len(text) if len(text) > LONG else text


async def execute(job):
    cells = [nbformat.v4.new_code_cell(source) for source in job["cells"]]
    client = NotebookClient(
        nbformat.v4.new_notebook(cells=cells),
        kernel_name=job["kernel"],
        timeout=60,
        iopub_timeout=4,
        startup_timeout=60,
        allow_errors=True,
        record_timing=False,
        resources={"metadata": {"path": job["folder"]}},
    )
    start = time.perf_counter()
    seconds = []
    async with client.async_setup_kernel():
        ready = time.perf_counter() - start
        for index, cell in enumerate(client.nb.cells):
            start = time.perf_counter()
            try:
                await asyncio.wait_for(client.async_execute_cell(cell, index), 90)
            except Exception as error:  # A kernel that hangs, a damaged message.
                print(f"cell {index}: {error!r}"[:300], file=sys.stderr)
            seconds.append(time.perf_counter() - start)
    outputs = [[[o.output_type, text_of(o)] for o in cell.outputs] for cell in cells]
    return {"ready": ready, "seconds": seconds, "outputs": outputs}


for job in json.load(sys.stdin):
    print(json.dumps(asyncio.run(execute(job))), flush=True)
