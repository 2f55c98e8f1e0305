"""Reads an SBOM as the tools of SPDX or the schemas of CycloneDX do. Exits with 1, and says why, if it is not valid."""

import json
import sys

path = sys.argv[1]
with open(path, encoding="utf-8") as file:
    text = file.read()
document = json.loads(text)
if "bomFormat" in document:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    version = SchemaVersion.from_version(document["specVersion"])
    problem = JsonStrictValidator(version).validate_str(text)
    problems = [] if problem is None else [str(problem)]
else:
    from spdx_tools.spdx.parser.parse_anything import parse_file
    from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

    problems = [message.validation_message for message in validate_full_spdx_document(parse_file(path))]
for one in problems:
    print(one, file=sys.stderr)
sys.exit(1 if problems else 0)
