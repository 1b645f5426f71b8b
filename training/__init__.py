"""How the weights in models/ are made: readers, model, training, evaluation, export."""
