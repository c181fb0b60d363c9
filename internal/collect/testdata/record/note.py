"""How the recordings' programs write down what they sent."""

import json


def write(path, **parts):
    """A JSON object whose lists and objects have one item a line."""

    def line(value):
        return json.dumps(value, ensure_ascii=False)

    def block(value):
        if isinstance(value, list):
            return "[\n" + ",\n".join(line(one) for one in value) + "\n]"
        if isinstance(value, dict):
            return "{\n" + ",\n".join(f"{line(key)}: {line(one)}" for key, one in value.items()) + "\n}"
        return line(value)

    with open(path, "w") as file:
        file.write("{\n" + ",\n".join(f"{line(key)}: {block(value)}" for key, value in parts.items()) + "\n}\n")
