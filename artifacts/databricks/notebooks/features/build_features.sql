-- Databricks notebook source
-- Features of trips, from the raw trips that the data platform delivers.
MERGE INTO IDENTIFIER(:catalog || '.features.trips') AS target
USING (
  SELECT trip_id, distance_km, duration_min, hour(started_at) AS hour, fare, started_at
  FROM IDENTIFIER(:catalog || '.features.raw_trips')
  WHERE fare > 0 AND duration_min > 0
) AS source
ON target.trip_id = source.trip_id
WHEN MATCHED THEN UPDATE SET *
WHEN NOT MATCHED THEN INSERT *
