"""A control vector as the gguf package reads it: FILE."""

import json
import sys

import gguf

reader = gguf.GGUFReader(sys.argv[1])
fields = {name: field.contents() for name, field in reader.fields.items() if "." in name}
tensors = {tensor.name: [str(tensor.tensor_type), tensor.data.tolist()] for tensor in reader.tensors}
print(json.dumps({"fields": fields, "tensors": tensors}))
