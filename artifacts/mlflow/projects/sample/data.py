"""Made-up data that both entry points draw from, each with its own seed."""

from sklearn.datasets import make_regression
from sklearn.model_selection import train_test_split


def draw(samples: float, seed: float):
    """Features and target of a linear relation with noise; the relation is the same for every seed."""
    features, target = make_regression(
        n_samples=1000, n_features=4, n_informative=3, noise=5.0, random_state=1
    )
    chosen, _, expected, _ = train_test_split(
        features, target, train_size=min(int(samples), 999), random_state=int(seed)
    )
    return chosen, expected
