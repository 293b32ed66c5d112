//! A pass by several threads is, to the bit, a pass by one.

use cases::{recipe_of, to_f32};
use lenet1_core::distortion::Distortion;
use lenet1_core::recipe::{Architecture, Teachers, UpdateRule};
use lenet1_core::{Digits, Network, Recipe};
use oracle::{Activation, Draws as Random, Rules};

mod cases;
mod oracle;

/// The parts of a snapshot: its head, the net, and each teacher.
fn parts(snapshot: &[u8]) -> (&[u8], Vec<&[u8]>) {
    let (head, nets) = snapshot.split_at(12);
    let teachers = u32::from_le_bytes(head[8..].try_into().expect("four bytes")) as usize;
    (&head[..8], nets.chunks(nets.len() / (1 + teachers)).collect())
}

fn joined(head: &[u8], nets: &[&[u8]]) -> Vec<u8> {
    let teachers = u32::try_from(nets.len() - 1).expect("few");
    [head, &teachers.to_le_bytes(), &nets.concat()].concat()
}

/// A pass as threads make it: some of the teachers learn in each of some, the net in another.
fn pass_by_threads(net: &mut Network, recipe: Recipe, digits: &Digits, groups: &[(usize, usize)], chunk: usize) {
    let before = net.snapshot();
    let (head, nets) = parts(&before);
    let length = u32::try_from(digits.len()).expect("few");
    let begin = |teachers: &[&[u8]]| {
        let mut thread = Network::new(recipe);
        thread.restore(&joined(head, &[&nets[..1], teachers].concat())).expect("a snapshot");
        let order = thread.begin_pass(digits).unwrap_or_else(|| (0..length).collect());
        (thread, order)
    };
    let (mut learner, order) = begin(&[]);
    let (mut threads, orders): (Vec<_>, Vec<_>) =
        groups.iter().map(|&(first, count)| begin(&nets[1 + first..][..count])).unzip();
    assert!(orders.iter().all(|other| *other == order));
    for positions in order.chunks(chunk) {
        let mut answers = vec![f32::NAN; 3 * 12 * positions.len()];
        for (thread, &(first, count)) in threads.iter_mut().zip(groups) {
            let its = &mut answers[12 * positions.len() * first..][..12 * positions.len() * count];
            thread.learn_apart(digits, positions, its);
        }
        learner.learn_apart(digits, positions, &mut answers);
    }
    let own = learner.snapshot();
    let taught: Vec<_> = threads.iter().map(Network::snapshot).collect();
    let teachers = taught.iter().flat_map(|snapshot| parts(snapshot).1.split_off(1));
    let nets: Vec<_> = parts(&own).1.into_iter().chain(teachers).collect();
    net.restore(&joined(head, &nets)).expect("a snapshot");
}

#[test]
fn a_pass_by_threads_is_equal_to_the_bit() {
    let rules = Rules {
        hidden: Activation::Relu,
        output: Activation::Softmax,
        cost: oracle::Cost::CrossEntropy,
        target_label: 1.0,
        target_others: 0.0,
    };
    let plain = Recipe {
        learning_rate: 2e-3,
        final_learning_rate: 1e-3,
        passes: 4,
        teachers: Teachers { count: 3, weight: 0.9 },
        ..recipe_of(&rules)
    };
    let all = Recipe {
        update: UpdateRule::AdamW { weight_decay: 0.01, batch: 5 },
        shuffled: true,
        dropout: 0.25,
        distortion: Distortion { rotation: 0.1, elastic: 0.5, roll: 1, ..Distortion::default() },
        ..plain
    };
    let newton = UpdateRule::DiagonalNewton { damping: 0.5, patterns: 5, measured_passes: 2 };
    let mut random = Random(91);
    let images = (0..17).flat_map(|_| to_f32(&oracle::random_image(&mut random))).collect();
    let digits = Digits::new(images, (0..17).map(|nth| nth % 10).collect()).expect("good digits");
    for recipe in [
        plain,
        all,
        Recipe { update: newton, ..all },
        Recipe { architecture: Architecture::FullyConnected, dropout: 0.0, ..all },
    ] {
        let (mut alone, mut by_threads) = (Network::new(recipe), Network::new(recipe));
        for (groups, chunk) in [(&[(0, 1), (1, 1), (2, 1)][..], 4), (&[(0, 2), (2, 1)], 17), (&[(0, 3)], 1)] {
            alone.pass(&digits);
            pass_by_threads(&mut by_threads, recipe, &digits, groups, chunk);
            assert_eq!(by_threads.snapshot(), alone.snapshot(), "{recipe:?}, {groups:?}");
        }
        assert_eq!(alone.passes(), 3);
    }
}
