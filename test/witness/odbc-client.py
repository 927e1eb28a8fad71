"""Asks a server by way of pyodbc, unixODBC and the ODBC driver of FreeTDS: one JSON object in, one out."""

import datetime
import decimal
import json
import os
import sys

import pyodbc

request = json.load(sys.stdin)
os.environ["FREETDSCONF"] = request["freeTdsFile"]
pyodbc.pooling = False


def connect(password="milink-demo"):
    words = {"DRIVER": request["driver"], "SERVERNAME": "sqlServer", "UID": "milink", "PWD": password, "DATABASE": "master"}
    text = ";".join(f"{key}={value}" for key, value in words.items())
    return pyodbc.connect(text, autocommit=True, timeout=20)


def failure(action):
    """SQLSTATE and text of what it raises; None where it raises nothing."""
    try:
        action()
    except pyodbc.Error as error:
        return list(error.args[:2])
    return None


def results(sql, *parameters):
    cursor = connection.cursor()
    cursor.execute(sql, *parameters)
    found = []
    while True:
        if cursor.description is not None:
            found.append([[repr(value) for value in row] for row in cursor.fetchall()])
        if not cursor.nextset():
            return found


def timed_out():
    """The driver ends a statement with an attention when its time is over."""
    connection.timeout = 1
    try:
        return failure(lambda: results("WAITFOR DELAY '00:10:00'"))
    finally:
        connection.timeout = 0


try:
    connection = connect()
except pyodbc.Error as error:
    print(json.dumps({"refused": list(error.args[:2])}))
    sys.exit()

moment = datetime.datetime(2026, 11, 21, 10, 0, 0, 120000)
answer = {
    "login": results("SELECT SUSER_SNAME(), DB_NAME()"),
    "wrongPassword": failure(lambda: connect("wrong")),
    "parameters": results("SELECT ?, ?, ?, ?, ?", 42, "Größe 数", decimal.Decimal("12.50"), moment, None),
    "rows": results("SELECT name FROM sys.databases WHERE database_id = ?", 1),
    "several": results("SELECT 1; SELECT CAST(NULL AS int), 2; SELECT 3 WHERE 1 = 0"),
    "values": results(
        "SELECT CAST(NULL AS nvarchar(10)), CAST('2026-11-21' AS date), CAST('2026-11-21T10:00:00.123' AS datetime2(3)),"
        " CAST('2026-11-21T10:00:00.123' AS datetime), CAST(1 AS bit), CAST(9000000000 AS bigint),"
        " CAST(0x0102 AS varbinary(4)), N''"
    ),
    "notSimulated": failure(lambda: results("SELECT * FROM sys.dm_os_wait_stats")),
    "typesOfServer": failure(lambda: results("EXEC sp_datatype_info_100 93, 3")),
    "doesNotExist": failure(lambda: results("SELECT * FROM sys.no_such_view")),
    "lateError": failure(lambda: results("SELECT 1; SELECT 1 / 0")),
    "timedOut": timed_out(),
    "afterwards": results("SELECT 7"),
}
print(json.dumps(answer))
