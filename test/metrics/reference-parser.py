"""Parses pages with the reference parsers of prometheus_client: one JSON object per line in, one per line out."""

import json
import sys

from prometheus_client import openmetrics, parser
import prometheus_client.openmetrics.parser

parsers = {
    "text": parser.text_string_to_metric_families,
    "openmetrics": openmetrics.parser.text_string_to_metric_families,
}

for line in sys.stdin:
    page = json.loads(line)
    try:
        families = [
            {
                "name": family.name,
                "type": family.type,
                "unit": family.unit,
                "help": family.documentation,
                "samples": [
                    {"name": sample.name, "labels": sample.labels, "value": sample.value}
                    for sample in family.samples
                ],
            }
            for family in parsers[page["format"]](page["text"])
        ]
        answer = {"families": families}
    except Exception as error:  # the parser raises ValueError and, on some bad pages, IndexError
        answer = {"error": repr(error)}
    print(json.dumps(answer), flush=True)
