"""Evaluates the model of a run, by default the latest of an experiment, and logs to `{experiment}_eval`."""

import argparse

import mlflow
from sklearn.metrics import mean_absolute_error, r2_score

from data import draw
from project_run import start_run


def trained_run(experiment_name: str, run_id: str) -> str:
    """The run asked for; `latest` is the last finished one of the experiment that logged a model."""
    if run_id != "latest":
        return run_id
    client = mlflow.MlflowClient()
    experiment = client.get_experiment_by_name(experiment_name)
    if experiment is None:
        raise SystemExit(f"there is no experiment {experiment_name!r}: train first")
    runs = client.search_runs(
        [experiment.experiment_id],
        filter_string="attributes.status = 'FINISHED' and metrics.train_r2 > -1000000",
        order_by=["attributes.start_time DESC"],
        max_results=1,
    )
    if not runs:
        raise SystemExit(f"experiment {experiment_name!r} has no finished training run: train first")
    return runs[0].info.run_id


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--experiment-name", required=True)
    parser.add_argument("--run-id", required=True)
    parser.add_argument("--samples", type=float, required=True)
    parser.add_argument("--seed", type=float, required=True)
    arguments = parser.parse_args()

    source = trained_run(arguments.experiment_name, arguments.run_id)
    model = mlflow.sklearn.load_model(f"runs:/{source}/model")
    features, target = draw(arguments.samples, arguments.seed)
    predicted = model.predict(features)
    with start_run(f"{arguments.experiment_name}_eval") as run:
        mlflow.log_param("source_run_id", source)
        mlflow.log_metric("r2", r2_score(target, predicted))
        mlflow.log_metric("mean_absolute_error", mean_absolute_error(target, predicted))
        print(f"evaluated run {source} in run {run.info.run_id} of {arguments.experiment_name}_eval")


if __name__ == "__main__":
    main()
