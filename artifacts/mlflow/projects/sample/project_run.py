"""The run that an entry point logs to."""

import os

import mlflow


def start_run(experiment_name: str) -> mlflow.ActiveRun:
    """
    Starts a run in an experiment. `mlflow run` has made one already and hands its id over in the environment; it is
    taken where it lies in this experiment, else a run of our own is made.
    """
    experiment = mlflow.set_experiment(experiment_name)
    handed_over = os.environ.get("MLFLOW_RUN_ID")
    if handed_over and mlflow.get_run(handed_over).info.experiment_id != experiment.experiment_id:
        del os.environ["MLFLOW_RUN_ID"]
    return mlflow.start_run()
