// Databricks notebook source
// Compacts the small files that merges leave behind.
dbutils.widgets.text("catalog", "ml_dev")
val catalog = dbutils.widgets.get("catalog")

// COMMAND ----------

spark.sql(s"OPTIMIZE $catalog.features.trips")
