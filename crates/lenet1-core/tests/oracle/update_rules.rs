//! The update rules, SGD, diagonal Newton and `AdamW`, on a flat list of parameters.

/// w ← w − η g, η the learning rate.
pub fn sgd(parameters: &mut [f64], gradient: &[f64], learning_rate: f64) {
    for (w, g) in parameters.iter_mut().zip(gradient) {
        *w -= learning_rate * g;
    }
}

/// `w_k ← w_k − η / (μ + h_k) · g_k`, η the learning rate and h the mean over patterns of the second
/// derivatives (stochastic diagonal Levenberg–Marquardt, "Efficient `BackProp`", §9.1).
pub fn diagonal_newton(parameters: &mut [f64], gradient: &[f64], h: &[f64], learning_rate: f64, mu: f64) {
    for ((w, g), h) in parameters.iter_mut().zip(gradient).zip(h) {
        *w -= learning_rate / (mu + h) * g;
    }
}

/// What `AdamW` keeps between steps.
pub struct AdamW {
    /// Steps done.
    pub steps: i32,
    /// Running mean of the gradient, by parameter.
    pub mean: Vec<f64>,
    /// Running mean of the squared gradient, by parameter.
    pub mean_square: Vec<f64>,
}

impl AdamW {
    /// The state before the first step, for that many parameters.
    pub fn new(parameters: usize) -> Self {
        Self { steps: 0, mean: vec![0.0; parameters], mean_square: vec![0.0; parameters] }
    }
}

/// A step of `torch.optim.AdamW` with its default betas, 0.9 and 0.999, and ε = 1e-8. Weight decay acts on the
/// parameter itself, times the learning rate. Both running means start at 0, which their bias corrections make good.
pub fn adamw(parameters: &mut [f64], gradient: &[f64], state: &mut AdamW, learning_rate: f64, weight_decay: f64) {
    state.steps += 1;
    for (k, (w, g)) in parameters.iter_mut().zip(gradient).enumerate() {
        *w -= learning_rate * weight_decay * *w;
        state.mean[k] = 0.9 * state.mean[k] + 0.1 * g;
        state.mean_square[k] = 0.999 * state.mean_square[k] + 0.001 * g * g;
        let mean = state.mean[k] / (1.0 - 0.9_f64.powi(state.steps));
        let mean_square = state.mean_square[k] / (1.0 - 0.999_f64.powi(state.steps));
        *w -= learning_rate * mean / (mean_square.sqrt() + 1e-8);
    }
}
