"""Whether scripts are Python and hold texts as nothing but values: reads JSON from standard input.

Each case has a script, and the texts that it was filled in with. Prints what each script assigns to CAPTURE.
"""

import ast
import json
import sys

found = []
for script in json.load(sys.stdin):
    tree = ast.parse(script)
    settings = [node for node in tree.body if isinstance(node, ast.Assign) and node.targets[0].id == "CAPTURE"]
    shape = [ast.dump(node) for node in tree.body if node not in settings]
    found.append({"settings": [ast.literal_eval(node.value) for node in settings], "others": "\n".join(shape)})
print(json.dumps(found))
