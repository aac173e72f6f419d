import fc from "fast-check";

/**
 * Property tests run with one seed, so that a change is judged by itself and a failure comes back. PROPERTY_SEED names
 * another one; `PROPERTY_SEED=random` searches anew.
 */
const { PROPERTY_SEED: asked = "20261121" } = process.env;

if (asked !== "random") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });
