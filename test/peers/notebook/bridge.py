"""A real Jupyter server and one kernel of it, for programs that speak lines of JSON.

Takes {"id", "code"}, {"interrupt": true} and {"end": true} (the kernel ends, the server stays); gives {"id", "mime",
"data"} for each output, and {"id", "done": true} or {"id", "failed": reason}. Ends with its input.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import uuid

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

STREAMS = {
    "stdout": "application/vnd.code.notebook.stdout",
    "stderr": "application/vnd.code.notebook.stderr",
}


def say(**line):
    print(json.dumps(line), flush=True)


def start_server(folder):
    environment = {**os.environ, "JUPYTER_RUNTIME_DIR": folder, "JUPYTER_CONFIG_DIR": folder, "HOME": folder}
    token = uuid.uuid4().hex
    words = ["--no-browser", "--ServerApp.port=0", "--ServerApp.ip=127.0.0.1", "--ServerApp.allow_root=True"]
    words += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"]
    command = [sys.executable, "-m", "jupyter_server", *words]
    log = open(os.path.join(folder, "server.log"), "w")
    return subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log), token


async def address_of(server, folder):
    path = os.path.join(folder, f"jpserver-{server.pid}.json")
    while not os.path.exists(path) or os.path.getsize(path) == 0:
        if server.poll() is not None:
            raise RuntimeError(open(os.path.join(folder, "server.log")).read())
        await asyncio.sleep(0.05)
    return json.load(open(path))["url"]


def output_of(message):
    content = message["content"]
    if message["msg_type"] == "stream":
        return STREAMS[content["name"]], content["text"]
    if message["msg_type"] == "error":
        error = {"name": content["ename"], "message": content["evalue"], "stack": "\n".join(content["traceback"])}
        return "application/vnd.code.notebook.error", json.dumps(error)
    return None


async def main():
    folder = tempfile.mkdtemp(prefix="eigenlens-jupyter-")
    server, token = start_server(folder)
    try:
        url = await address_of(server, folder)
        headers = {"Authorization": f"token {token}"}
        client = AsyncHTTPClient()

        async def post(path, method="POST"):
            body = "{}" if method == "POST" else None
            return await client.fetch(HTTPRequest(url + path, method, headers, body))

        kernel = json.loads((await post("api/kernels")).body)["id"]
        channel = f"{url.replace('http', 'ws', 1)}api/kernels/{kernel}/channels"
        socket = await websocket_connect(HTTPRequest(channel, headers=headers), max_message_size=2**30)
        asked = {}
        alive = True

        async def listen():
            while (text := await socket.read_message()) is not None:
                message = json.loads(text)
                line = asked.get(message["parent_header"].get("msg_id"))
                if line is None:
                    continue
                output = output_of(message)
                if output is not None:
                    say(id=line, mime=output[0], data=output[1])
                if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                    say(id=line, done=True)

        listening = asyncio.ensure_future(listen())
        say(ready=True)
        loop = asyncio.get_running_loop()
        while text := await loop.run_in_executor(None, sys.stdin.readline):
            line = json.loads(text)
            if "interrupt" in line:
                await post(f"api/kernels/{kernel}/interrupt")
            elif "end" in line:
                alive = False
                await post(f"api/kernels/{kernel}", "DELETE")
            elif not alive:
                say(id=line["id"], failed="Kernel is dead or terminating")
            else:
                name = uuid.uuid4().hex
                asked[name] = line["id"]
                content = {"code": line["code"], "silent": False, "store_history": False, "allow_stdin": False}
                header = {"msg_id": name, "msg_type": "execute_request", "version": "5.3", "session": "s", "username": ""}
                message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
                await socket.write_message(json.dumps({**message, "channel": "shell", "buffers": []}))
        listening.cancel()
    finally:
        server.terminate()
        server.wait()
        subprocess.run(["rm", "-rf", folder])


asyncio.run(main())
