//! What differs between recipes: squashing functions, targets and costs.

/// A unit's squashing function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// tanh(a), unscaled.
    Tanh,
    /// 1.7159·tanh(2a/3), in [−1.7159, 1.7159].
    ScaledTanh,
    /// max(a, 0).
    Relu,
    /// max(a, 0.1·a).
    LeakyRelu,
    /// 1 / (1 + exp(−a)).
    Logistic,
    /// exp(a) over the sum of exp over the ten outputs: probabilities. Outputs only, and only with
    /// [`Cost::CrossEntropy`].
    Softmax,
    /// The same with an eleventh sum that is always 0, and whose probability is that of no digit.
    SoftmaxOrNone,
}

impl Activation {
    /// The activations of a layer whose weighted sums are `sums`.
    pub fn values(self, sums: &[f64]) -> Vec<f64> {
        match self {
            Self::Softmax => softmax(sums),
            Self::SoftmaxOrNone => softmax(&[sums, &[0.0]].concat())[..sums.len()].to_vec(),
            _ => sums.iter().map(|&a| self.value(a)).collect(),
        }
    }

    /// The activation of a unit whose weighted sum is `a`. Not for softmax, which depends on all sums.
    pub fn value(self, a: f64) -> f64 {
        match self {
            Self::Tanh => a.tanh(),
            Self::ScaledTanh => 1.7159 * (2.0 / 3.0 * a).tanh(),
            Self::Relu => a.max(0.0),
            Self::LeakyRelu => a.max(0.1 * a),
            Self::Logistic => 1.0 / (1.0 + (-a).exp()),
            Self::Softmax | Self::SoftmaxOrNone => panic!("softmax is a function of all the sums, not of one"),
        }
    }

    /// The derivative where the activation is `x`. Not for softmax: see [`Rules::grad_sums`].
    pub fn slope(self, x: f64) -> f64 {
        match self {
            Self::Tanh => 1.0 - x * x,
            Self::ScaledTanh => 1.7159 * 2.0 / 3.0 * (1.0 - (x / 1.7159).powi(2)),
            // At a = 0, where there is no derivative, 0 as in PyTorch.
            Self::Relu => f64::from(u8::from(x > 0.0)),
            Self::LeakyRelu => {
                if x > 0.0 {
                    1.0
                } else {
                    0.1
                }
            }
            Self::Logistic => x * (1.0 - x),
            Self::Softmax | Self::SoftmaxOrNone => panic!("softmax has no slope of one unit alone"),
        }
    }
}

/// The largest sum is subtracted first, which changes no quotient and keeps exp finite.
fn softmax(sums: &[f64]) -> Vec<f64> {
    let largest = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let exponentials: Vec<f64> = sums.iter().map(|a| (a - largest).exp()).collect();
    let total: f64 = exponentials.iter().sum();
    exponentials.iter().map(|exponential| exponential / total).collect()
}

/// What training reduces. y are the ten outputs, t their targets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cost {
    /// The mean over the ten outputs of (y − t)².
    MeanSquaredError,
    /// ½ Σ (y − t)².
    HalfSquaredError,
    /// −Σ t ln y, for softmax outputs only; natural logarithm. The targets may sum to anything.
    CrossEntropy,
}

/// What differs between recipes.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The units of H1, H2 and H3, or of the baseline's hidden layer.
    pub hidden: Activation,
    /// The output units.
    pub output: Activation,
    /// What training reduces.
    pub cost: Cost,
    /// The target of the label's output unit.
    pub target_label: f64,
    /// The target of the nine others.
    pub target_others: f64,
}

impl Rules {
    /// The ten targets of a pattern with label `label`; 10 is no digit.
    pub fn targets(&self, label: usize) -> Vec<f64> {
        if label == 10 && self.output == Activation::Softmax {
            return vec![(self.target_label + 9.0 * self.target_others) / 10.0; 10];
        }
        (0..10).map(|unit| if unit == label { self.target_label } else { self.target_others }).collect()
    }

    /// The sum of the targets, that of no digit included.
    pub(super) fn total(&self, label: usize) -> f64 {
        if self.output == Activation::SoftmaxOrNone { 1.0 } else { self.targets(label).iter().sum() }
    }

    /// ∂E/∂a of the ten output units at the outputs `output`.
    pub fn grad_sums(&self, output: &[f64], label: usize) -> Vec<f64> {
        let targets = self.targets(label);
        let total = self.total(label);
        let f = self.output;
        let grad = |(&y, t): (&f64, &f64)| match self.checked_cost() {
            Cost::MeanSquaredError => 2.0 * (y - t) / 10.0 * f.slope(y),
            Cost::HalfSquaredError => (y - t) * f.slope(y),
            Cost::CrossEntropy => y * total - t,
        };
        output.iter().zip(&targets).map(grad).collect()
    }

    /// The cost, after a check that it goes with these outputs.
    pub(super) fn checked_cost(&self) -> Cost {
        let softmax = matches!(self.output, Activation::Softmax | Activation::SoftmaxOrNone);
        let cross_entropy = self.cost == Cost::CrossEntropy;
        assert_eq!(softmax, cross_entropy, "softmax outputs and cross-entropy go together");
        self.cost
    }
}

/// The cost of a pattern with label `label` at the outputs `output`.
pub fn cost(rules: &Rules, output: &[f64], label: usize) -> f64 {
    let targets = rules.targets(label);
    let squares = output.iter().zip(&targets).map(|(y, t)| (y - t).powi(2));
    match rules.checked_cost() {
        Cost::MeanSquaredError => squares.sum::<f64>() / 10.0,
        Cost::HalfSquaredError => squares.sum::<f64>() / 2.0,
        Cost::CrossEntropy => {
            let of_ten: f64 = output.iter().zip(&targets).map(|(y, t)| -t * y.ln()).sum();
            let none = 1.0 - targets.iter().sum::<f64>();
            let of_none = if rules.output == Activation::SoftmaxOrNone && none > 1e-12 {
                -none * (1.0 - output.iter().sum::<f64>()).ln()
            } else {
                0.0
            };
            of_ten + of_none
        }
    }
}

/// Every hidden activation with every output activation and cost that go with it, under targets that recipes have and a
/// few that none has.
pub fn all_rules() -> Vec<Rules> {
    let outputs = [
        (Activation::Tanh, 1.0, -1.0),
        (Activation::ScaledTanh, 0.8, -0.7),
        (Activation::Logistic, 1.0, 0.0),
        (Activation::Softmax, 0.91, 0.01),
        (Activation::Softmax, 0.9, 0.05), // They sum to 1.35.
        (Activation::SoftmaxOrNone, 0.8, 0.01),
    ];
    let mut all = Vec::new();
    for hidden in
        [Activation::Tanh, Activation::ScaledTanh, Activation::Relu, Activation::LeakyRelu, Activation::Logistic]
    {
        for (output, target_label, target_others) in outputs {
            let costs: &[Cost] = match output {
                Activation::Softmax | Activation::SoftmaxOrNone => &[Cost::CrossEntropy],
                _ => &[Cost::MeanSquaredError, Cost::HalfSquaredError],
            };
            all.extend(costs.iter().map(|&cost| Rules { hidden, output, cost, target_label, target_others }));
        }
    }
    all
}
