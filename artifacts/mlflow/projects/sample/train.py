"""Trains a model on made-up data and logs it to an experiment."""

import argparse

import mlflow
from sklearn.linear_model import Ridge
from sklearn.metrics import r2_score

from data import draw
from project_run import start_run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--experiment-name", required=True)
    parser.add_argument("--samples", type=float, required=True)
    parser.add_argument("--seed", type=float, required=True)
    arguments = parser.parse_args()

    features, target = draw(arguments.samples, arguments.seed)
    with start_run(arguments.experiment_name) as run:
        model = Ridge(alpha=1.0).fit(features, target)
        mlflow.log_param("alpha", 1.0)
        mlflow.log_metric("train_r2", r2_score(target, model.predict(features)))
        mlflow.sklearn.log_model(model, name="model", input_example=features[:2])
        print(f"trained run {run.info.run_id} in experiment {arguments.experiment_name}")


if __name__ == "__main__":
    main()
