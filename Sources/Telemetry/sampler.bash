# sampler
