//! A pass by several threads is, to the bit, a pass by one.

use cases::{recipe_of, to_f32};
use lenet1_core::activation::Activation as Units;
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

/// A pass as threads make it: some of the teachers learn in each of some, the net in another. `ahead`: how many parts
/// of the pass are presented before the net learns the first.
fn pass_by_threads(net: &mut Network, digits: &Digits, groups: &[(usize, usize)], chunk: usize, ahead: usize) {
    let mut learner = net.clone();
    let in_order = || (0..u32::try_from(digits.len()).expect("few")).collect();
    let order: Vec<u32> = learner.begin_pass(digits).unwrap_or_else(in_order);
    let before = learner.snapshot();
    let (head, nets) = parts(&before);
    learner.restore(&joined(head, &nets[..1])).expect("a snapshot");
    let begin = |&(first, count): &(usize, usize)| {
        let mut thread = net.clone();
        thread.restore(&joined(head, &[&nets[..1], &nets[1 + first..][..count]].concat())).expect("a snapshot");
        thread
    };
    let mut threads: Vec<_> = groups.iter().map(begin).collect();
    let mut presented = Vec::new();
    let chunks: Vec<&[u32]> = order.chunks(chunk).collect();
    for step in 0..chunks.len() + ahead {
        if let Some(positions) = chunks.get(step) {
            presented.push(learner.present(digits, positions));
        }
        let Some(part) = step.checked_sub(ahead) else { continue };
        let labels: Vec<u8> = chunks[part].iter().map(|&position| digits.pattern(position as usize).1).collect();
        let answer = |(thread, &(_, count)): (&mut Network, &(usize, usize))| {
            thread.learn_apart(&presented[part], &labels, vec![f32::NAN; 12 * labels.len() * count])
        };
        let answers: Vec<f32> = threads.iter_mut().zip(groups).flat_map(answer).collect();
        assert_eq!(learner.learn_apart(&presented[part], &labels, answers.clone()), answers);
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
    let digits = Digits::new(images, (0..17).map(|nth| nth % 11).collect()).expect("good digits");
    for recipe in [
        plain,
        all,
        Recipe { update: newton, ..all },
        Recipe { output_activation: Units::SoftmaxOrNone, ..all },
        Recipe { architecture: Architecture::FullyConnected, dropout: 0.0, ..all },
    ] {
        let (mut alone, mut by_threads) = (Network::new(recipe), Network::new(recipe));
        for (groups, chunk, ahead) in
            [(&[(0, 1), (1, 1), (2, 1)][..], 4, 0), (&[(0, 2), (2, 1)], 17, 2), (&[(0, 3)], 1, 5)]
        {
            alone.pass(&digits);
            pass_by_threads(&mut by_threads, &digits, groups, chunk, ahead);
            assert_eq!(by_threads.snapshot(), alone.snapshot(), "{recipe:?}, {groups:?}");
        }
        assert_eq!(alone.passes(), 3);
    }
}
