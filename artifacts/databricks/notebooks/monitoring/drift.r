# Databricks notebook source
# Compares the fares of the last week with those of the weeks before.
library(SparkR)

dbutils.widgets.text("catalog", "ml_dev")
catalog <- dbutils.widgets.get("catalog")

# COMMAND ----------

query <- "SELECT fare, started_at >= date_sub(current_date(), 7) AS recent FROM %s.features.trips"
trips <- collect(sql(sprintf(query, catalog)))
result <- ks.test(trips$fare[trips$recent], trips$fare[!trips$recent])
print(result)

# COMMAND ----------

if (result$p.value < 0.01) {
  stop(sprintf("the fares of the last week differ from those before, p = %f", result$p.value))
}
