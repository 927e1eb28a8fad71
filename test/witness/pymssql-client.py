"""Asks servers by way of pymssql: one JSON object per line in, one per line out."""

import datetime
import decimal
import json
import os
import sys
import uuid

import pymssql

connections = {}


def connection_for(request):
    os.environ["FREETDSCONF"] = request["freeTdsFile"]
    key = tuple(request[name] for name in ("freeTdsFile", "server", "port", "user", "password", "database"))
    if key not in connections:
        _, server, port, user, password, database = key
        connections[key] = pymssql.connect(
            server=server, port=port, user=user, password=password, database=database,
            autocommit=True, login_timeout=20, timeout=20,
        )
    return connections[key]


def encoded(value):
    if value is None:
        return None
    kind = type(value).__name__
    if isinstance(value, float):
        return [kind, value]
    if isinstance(value, bytes):
        return [kind, value.hex()]
    if isinstance(value, uuid.UUID):
        return [kind, str(value).upper()]
    if isinstance(value, datetime.datetime):
        return [kind, value.isoformat(timespec="milliseconds")]
    return [kind, str(value)]


def decoded(parameter):
    kind, value = parameter
    makers = {
        "NoneType": lambda _: None,
        "str": str,
        "int": int,
        "bool": lambda text: text == "True",
        "float": float,
        "bytes": bytes.fromhex,
        "Decimal": decimal.Decimal,
        "UUID": uuid.UUID,
        "datetime": datetime.datetime.fromisoformat,
        "date": datetime.date.fromisoformat,
    }
    return makers[kind](value)


def results_of(cursor):
    while True:
        if cursor.description is not None:
            yield {
                "columns": [column[0] for column in cursor.description],
                "rows": [[encoded(value) for value in row] for row in cursor.fetchall()],
            }
        if not cursor.nextset():
            return


def server_error(error):
    """pymssql keeps number and text; severity and state are with the lower layer's exception that caused it."""
    while error is not None and not hasattr(error, "severity"):
        error = error.__context__
    if error is None:
        return None
    return {
        "number": error.number,
        "severity": error.severity,
        "state": error.state,
        "line": error.line,
        "message": error.text.decode() if isinstance(error.text, bytes) else str(error.text),
    }


for line in sys.stdin:
    request = json.loads(line)
    answer = {"results": [], "error": None}
    try:
        cursor = connection_for(request).cursor()
        parameters = tuple(decoded(parameter) for parameter in request["parameters"])
        if request["procedure"]:
            cursor.callproc(request["procedure"], parameters)
            cursor.nextset()
        else:
            cursor.execute(request["sql"], parameters or None)
        for result in results_of(cursor):
            answer["results"].append(result)
    except pymssql.Error as error:
        answer["error"] = server_error(error)
        answer["exception"] = repr(error)
    print(json.dumps(answer), flush=True)
