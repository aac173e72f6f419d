"""Scores taxi trips: what a slot of the online endpoint runs. Needs nothing but Python."""

import json
import os

# What is served where the registered model has no file model.json: a flag fall and a price a kilometre and a minute.
DEFAULT_MODEL = {"intercept": 2.5, "distance_km": 1.56, "duration_min": 0.35}
FEATURES = ("distance_km", "duration_min")

model = {}
version = "unknown"


def init():
    """Loads the model once, when the deployment starts."""
    global model, version
    directory = os.environ.get("AZUREML_MODEL_DIR", "")
    # Azure mounts a registered model at .../azureml-models/<name>/<version>.
    parts = [part for part in directory.split("/") if part]
    version = ":".join(parts[-2:]) if len(parts) >= 2 else "unknown"
    path = os.path.join(directory, "model.json")
    if directory and os.path.isfile(path):
        with open(path, encoding="utf-8") as file:
            model = json.load(file)
    else:
        model = dict(DEFAULT_MODEL)
    missing = [name for name in ("intercept", *FEATURES) if not isinstance(model.get(name), (int, float))]
    if missing:
        raise ValueError(f"model.json lacks the numbers {', '.join(missing)}")


def run(raw_data):
    """Answers the fares of {"data": [{"distance_km": ..., "duration_min": ...}, ...]}, in the order of the trips."""
    trips = json.loads(raw_data)["data"]
    return {"fares": [fare(trip) for trip in trips], "model": version}


def fare(trip):
    return round(model["intercept"] + sum(model[name] * float(trip[name]) for name in FEATURES), 2)
