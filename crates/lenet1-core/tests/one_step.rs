//! Every net under every update rule, a step or two, and what is asked of it in between.

use lenet1_core::activation::Activation;
use lenet1_core::cost::Cost;
use lenet1_core::distortion::Distortion;
use lenet1_core::recipe::{Architecture, Draws, Limit, Teachers, UpdateRule};
use lenet1_core::{Digits, Network, Recipe};

const NETS: [Architecture; 2] = [Architecture::LeNet1, Architecture::FullyConnected];
const RULES: [UpdateRule; 3] = [
    UpdateRule::Descent,
    UpdateRule::DiagonalNewton { damping: 0.2, patterns: 1, measured_passes: 1 },
    UpdateRule::AdamW { weight_decay: 0.01, batch: 2 },
];

fn recipe(architecture: Architecture, update: UpdateRule) -> Recipe {
    Recipe {
        architecture,
        seed: 1,
        limit: Limit::FanIn,
        draws: Draws::Senn2025,
        output_bias: 0.0,
        hidden_activation: Activation::Tanh,
        output_activation: Activation::Tanh,
        target_label: 1.0,
        target_others: -1.0,
        no_digit_below: f32::NEG_INFINITY,
        cost: Cost::MeanSquaredError,
        update,
        learning_rate: 0.01,
        final_learning_rate: 0.01,
        passes: 2,
        shuffled: false,
        dropout: 0.0,
        distortion: Distortion::default(),
        teachers: Teachers::default(),
    }
}

/// A bright bar down a column.
fn bar(column: usize) -> Vec<f32> {
    (0..256).map(|pixel| if pixel % 16 == column { 1.0 } else { -1.0 }).collect()
}

/// The columns of two bars, and what they are to be read as.
const PATTERNS: [(usize, u8); 2] = [(4, 1), (11, 7)];

fn digits() -> Digits {
    let images = PATTERNS.iter().flat_map(|&(column, _)| bar(column)).collect();
    Digits::new(images, PATTERNS.map(|(_, label)| label).to_vec()).expect("good patterns")
}

#[test]
fn a_pass_changes_parameters_of_each_net_under_each_rule_and_keeps_them_finite() {
    for architecture in NETS {
        for update in RULES {
            let mut net = Network::new(recipe(architecture, update));
            let before = net.state();
            net.pass(&digits());
            let after = net.state();
            assert_ne!(before, after, "{architecture:?}, {update:?}");
            assert!(after.iter().all(|value| value.is_finite()), "{architecture:?}, {update:?}");
        }
    }
}

#[test]
fn a_pass_by_hand_is_a_pass() {
    let digits = digits();
    for architecture in NETS {
        let recipe = Recipe { dropout: 0.5, ..recipe(architecture, UpdateRule::Descent) };
        let (mut whole, mut by_hand) = (Network::new(recipe), Network::new(recipe));
        whole.pass(&digits);
        assert_eq!(by_hand.begin_pass(&digits), None);
        for (column, label) in PATTERNS {
            by_hand.learn(&bar(column), label).expect("a good pattern");
        }
        assert_eq!((by_hand.state(), by_hand.passes()), (whole.state(), 1), "{architecture:?}");
    }
}

#[test]
fn teachers_and_distortions_change_what_is_learned() {
    let learned = |recipe: Recipe| {
        let mut net = Network::new(recipe);
        net.learn(&bar(8), 3).expect("a good pattern");
        net.state()
    };
    let plain = recipe(Architecture::LeNet1, UpdateRule::Descent);
    let distortion = Distortion { rotation: 0.2, scale: 0.1, shear: 0.1, shift: 1.0, elastic: 0.5, roll: 1 };
    let taught = Recipe { teachers: Teachers { count: 1, weight: 0.5 }, ..plain };
    let states = [plain, taught, Recipe { distortion, ..plain }].map(learned);
    assert_ne!(states[0], states[1]);
    assert_ne!(states[0], states[2]);
}

#[test]
fn what_is_asked_of_a_net_leaves_it_as_it_was() {
    let digits = digits();
    for architecture in NETS {
        let mut net = Network::new(recipe(architecture, UpdateRule::Descent));
        let before = net.state();
        let outputs = net.forward(&bar(8)).expect("a good image");
        assert_eq!(net.answers_to(&bar(8)).expect("a good image"), outputs);
        assert_eq!(net.answers(&digits).len(), 20);
        assert!(net.evaluate(&digits).mean_squared_error > 0.0);
        let units = if architecture == Architecture::LeNet1 { 1_000 } else { 0 };
        assert_eq!(net.inspect(&bar(8)).expect("a good image").len(), units);
        assert!(net.gradient(&bar(8), 3).expect("a good pattern").iter().any(|&slope| slope != 0.0));
        assert_eq!(net.second_derivatives(&digits, 1).len(), before.len());
        assert_eq!(net.state(), before, "{architecture:?}");
        net.load_state(&before, 0).expect("finite parameters");
        assert_eq!(net.state(), before, "{architecture:?}");
    }
}
