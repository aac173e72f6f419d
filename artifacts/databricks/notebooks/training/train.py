# Databricks notebook source
# MAGIC %md
# MAGIC Trains a model of taxi fares on the features of the catalog and registers it.

# COMMAND ----------

dbutils.widgets.text("catalog", "ml_dev")
dbutils.widgets.text("model", "fares")
catalog = dbutils.widgets.get("catalog")
model = dbutils.widgets.get("model")

# COMMAND ----------

import mlflow
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.metrics import mean_absolute_error
from sklearn.model_selection import train_test_split

trips = spark.table(f"{catalog}.features.trips").toPandas()
inputs = trips[["distance_km", "duration_min", "hour"]]
train_x, test_x, train_y, test_y = train_test_split(inputs, trips["fare"], random_state=0)

# COMMAND ----------

mlflow.set_registry_uri("databricks-uc")
with mlflow.start_run():
    regressor = HistGradientBoostingRegressor(random_state=0).fit(train_x, train_y)
    error = mean_absolute_error(test_y, regressor.predict(test_x))
    mlflow.log_metric("mean_absolute_error", error)
    mlflow.sklearn.log_model(
        regressor,
        name="model",
        input_example=train_x.head(3),
        registered_model_name=f"{catalog}.features.{model}",
    )
