"""Pushes with aioapns: reads one push per line (JSON) from standard input, writes one result per line."""

import asyncio
import json
import sys

from aioapns import APNs, NotificationRequest, PushType
from aioapns.connection import APNsProductionClientProtocol


def protocol_at(host, port):
    """The library has no option for the address of APNs, only a class to override."""

    class Protocol(APNsProductionClientProtocol):
        APNS_SERVER = host
        APNS_PORT = port

    return Protocol


def client_for(settings):
    proxy = settings.get("proxy")
    common = {
        "max_connection_attempts": 2,
        "proxy_host": proxy and proxy["host"],
        "proxy_port": proxy and proxy["port"],
    }
    key = settings.get("providerKey")
    if key:
        with open(key["file"]) as file:
            text = file.read()
        client = APNs(key=text, key_id=key["keyId"], team_id=key["teamId"], topic=settings["topic"], **common)
    else:
        client = APNs(client_cert=settings["certificate"]["bundleFile"], **common)
    if not proxy:
        client.pool.protocol_class = protocol_at(settings["host"], settings["port"])
    return client


def request_for(push):
    kind = push.get("pushType")
    return NotificationRequest(
        device_token=push["token"],
        message=push["payload"],
        notification_id=push.get("apnsId"),
        priority=push.get("priority"),
        collapse_key=push.get("collapseId"),
        push_type=PushType(kind) if kind else None,
        apns_topic=push.get("topic"),
    )


async def send(client, push):
    try:
        response = await asyncio.wait_for(client.send_notification(request_for(push)), 15)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    result = {"status": int(response.status), "apnsId": response.notification_id}
    if response.description:
        result["reason"] = response.description
    if response.timestamp is not None:
        result["timestamp"] = response.timestamp
    return result


async def main():
    client = client_for(json.loads(sys.argv[1]))
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(await send(client, json.loads(line))), flush=True)
    client.pool.close()


asyncio.run(main())
