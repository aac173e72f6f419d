#!/bin/bash
# Installs what the training notebooks need beyond the runtime, on the driver and on each worker.
set -euo pipefail

/databricks/python/bin/pip install --quiet --no-input "mlflow==3.12.0" "scikit-learn==1.7.2"
