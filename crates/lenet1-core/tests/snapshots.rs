//! Snapshots: a net that goes back to one goes on to the bit; bytes that are no snapshot do no harm.

use cases::{recipe, to_f32};
use lenet1_core::distortion::Distortion;
use lenet1_core::recipe::{Architecture, Teachers, UpdateRule};
use lenet1_core::{Digits, Error, Network, Recipe};
use oracle::{Activation, Draws as Random};

mod cases;
mod oracle;

const PATTERNS: u8 = 13;

fn digits(seed: u64) -> (Digits, Vec<(Vec<f32>, u8)>) {
    let mut random = Random(seed);
    let patterns: Vec<_> = (0..PATTERNS).map(|nth| (to_f32(&oracle::random_image(&mut random)), nth % 10)).collect();
    let (images, labels): (Vec<_>, Vec<_>) = patterns.iter().cloned().unzip();
    (Digits::new(images.concat(), labels).expect("good digits"), patterns)
}

/// Recipes that between them ask for all that a training keeps.
fn recipes() -> Vec<Recipe> {
    let plain = Recipe { learning_rate: 0.01, final_learning_rate: 0.001, passes: 6, ..recipe(Activation::Tanh).0 };
    let all = Recipe {
        update: UpdateRule::AdamW { weight_decay: 0.01, batch: 5 },
        shuffled: true,
        dropout: 0.25,
        distortion: Distortion { rotation: 0.1, elastic: 0.5, roll: 1, ..Distortion::default() },
        teachers: Teachers { count: 3, weight: 0.5 },
        ..plain
    };
    let newton = UpdateRule::DiagonalNewton { damping: 0.1, patterns: 5, measured_passes: 2 };
    vec![
        plain,
        Recipe { shuffled: true, ..plain },
        all,
        Recipe { update: newton, ..all },
        Recipe { update: newton, teachers: Teachers::default(), ..plain },
        Recipe { architecture: Architecture::FullyConnected, dropout: 0.0, ..all },
        Recipe { architecture: Architecture::FullyConnected, ..plain },
    ]
}

/// A net in the middle of its second pass, and of a batch.
fn busy(recipe: Recipe) -> (Network, Vec<u32>) {
    let (digits, patterns) = digits(81);
    let mut net = Network::new(recipe);
    net.pass(&digits);
    let order = net.begin_pass(&digits).unwrap_or_else(|| (0..PATTERNS.into()).collect());
    for &position in &order[..6] {
        learn(&mut net, &patterns[position as usize]);
    }
    (net, order[6..].to_vec())
}

fn learn(net: &mut Network, (image, label): &(Vec<f32>, u8)) {
    net.learn(image, *label).expect("a good pattern");
}

/// The number at a place in a net's snapshot.
fn whole(snapshot: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(snapshot[at..at + 4].try_into().expect("four bytes"))
}

fn teachers(net: &Network) -> u32 {
    whole(&net.snapshot(), 8)
}

/// The rest of the pass, and two more.
fn go_on(net: &mut Network, rest: &[u32]) {
    let (digits, patterns) = digits(81);
    for &position in rest {
        learn(net, &patterns[position as usize]);
    }
    net.pass(&digits);
    net.pass(&digits);
}

#[test]
fn a_net_that_goes_back_to_a_snapshot_goes_on_to_the_bit() {
    for recipe in recipes() {
        let (mut unbroken, rest) = busy(recipe);
        let snapshot = unbroken.snapshot();
        let mut resumed = Network::new(recipe);
        assert_ne!(resumed.snapshot(), snapshot);
        resumed.restore(&snapshot).expect("a snapshot");
        assert_eq!(resumed.snapshot(), snapshot, "{recipe:?}");
        assert_eq!(resumed.passes(), 1);
        for net in [&mut unbroken, &mut resumed] {
            go_on(net, &rest);
        }
        assert_eq!((resumed.state(), resumed.passes()), (unbroken.state(), 4), "{recipe:?}");
        assert_eq!(resumed.snapshot(), unbroken.snapshot(), "{recipe:?}");
    }
}

#[test]
fn a_snapshot_holds_a_debt_of_measuring_and_that_teachers_were_dropped() {
    let (digits, _) = digits(82);
    for recipe in recipes() {
        let mut loaded = Network::new(recipe);
        loaded.load_state(&Network::new(recipe).state(), 7).expect("good parameters");
        let mut resumed = Network::new(recipe);
        resumed.restore(&loaded.snapshot()).expect("a snapshot");
        assert_eq!((teachers(&resumed), resumed.passes()), (0, 7));
        let mut again = loaded.clone();
        again.restore(&Network::new(recipe).snapshot()).expect("a snapshot");
        assert_eq!(teachers(&again), recipe.teachers.count, "teachers come back");
        for net in [&mut loaded, &mut resumed] {
            net.pass(&digits);
        }
        assert_eq!(resumed.snapshot(), loaded.snapshot(), "{recipe:?}");
    }
}

#[test]
fn a_net_that_diverged_has_a_snapshot_too() {
    let (digits, _) = digits(83);
    let wild = Recipe { learning_rate: 1e30, final_learning_rate: 1e30, ..recipes()[3] };
    let mut net = Network::new(wild);
    net.pass(&digits);
    assert!(net.state().iter().any(|value| !value.is_finite()));
    let mut resumed = Network::new(wild);
    resumed.restore(&net.snapshot()).expect("a snapshot");
    assert_eq!(resumed.snapshot(), net.snapshot());
}

#[test]
fn the_layout_is_the_documented_one() {
    let recipe = recipes()[2];
    let (net, _) = busy(recipe);
    let snapshot = net.snapshot();
    let own = 4 * (4 + 624 + 1 + 9_760 + 1) + 4 * 2 * 9_760 + 16 + 4 * 9_760 + 4;
    assert_eq!(snapshot.len(), 12 + 4 * own);
    let whole = |at: usize| whole(&snapshot, at);
    assert_eq!(&snapshot[..4], b"LN1S");
    assert_eq!([4, 8, 12, 16, 20, 24].map(whole), [1, 3, 0, 2, 1, u32::from(PATTERNS) - 6]);
    let parameters = 28 + 4 * 625;
    let numbers: Vec<u32> = (0..9_760).map(|nth| whole(parameters + 4 * nth)).collect();
    assert_eq!(numbers, net.state().iter().map(|value| value.to_bits()).collect::<Vec<_>>());
    // 13 patterns and 6 more, in batches of five.
    assert_eq!(whole(12 + own - 4), 4);
}

#[test]
fn a_snapshot_of_another_net_is_refused_and_changes_nothing() {
    for (nth, &recipe) in recipes().iter().enumerate() {
        let (mut net, _) = busy(recipe);
        let before = net.snapshot();
        for (other, &of) in recipes().iter().enumerate() {
            let same = |a: Recipe, b: Recipe| {
                let kind = |recipe: Recipe| (recipe.architecture, core::mem::discriminant(&recipe.update));
                kind(a) == kind(b) && b.teachers.count <= a.teachers.count
            };
            let refusal = net.restore(&busy(of).0.snapshot());
            assert_eq!(refusal.is_ok(), same(recipe, of), "{other} into {nth}");
            net.restore(&before).expect("its own");
        }
        for bytes in [&before[..before.len() - 1], &[&before[..], &[0]].concat(), &[], &before[..4]] {
            assert_eq!(net.restore(bytes), Err(Error::SnapshotLength { got: bytes.len() }));
            assert_eq!(net.snapshot(), before);
        }
    }
}

#[test]
fn hostile_bytes_give_an_error_or_a_net_that_works() {
    let (digits, patterns) = digits(84);
    let mut random = Random(85);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
    let mut draw = |below: u32| random.uniform(0.0, f64::from(below)) as usize;
    let (mut refused, mut taken) = (0, 0);
    for recipe in recipes() {
        let bytes = busy(recipe).0.snapshot();
        let bits = u32::try_from(bytes.len() * 8).expect("a few million");
        let head = (0..28).map(|place| place * 8 + place % 8);
        let anywhere: Vec<usize> = (0..40).map(|_| draw(bits)).collect();
        for bit in head.chain(anywhere) {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let mut net = Network::new(recipe);
            let before = net.snapshot();
            if let Err(error) = net.restore(&flipped) {
                assert!(matches!(error, Error::SnapshotValue { .. } | Error::SnapshotLength { .. }));
                assert_eq!(net.snapshot(), before);
                refused += 1;
                continue;
            }
            taken += 1;
            learn(&mut net, &patterns[0]);
            net.pass(&digits);
            net.evaluate(&digits);
            assert_eq!(net.snapshot().len(), bytes.len());
        }
        // Parameters of every kind: endless ones, and some that are not numbers.
        let mut noise = bytes.clone();
        let mut net = Network::new(recipe);
        for byte in &mut noise[28 + 4 * 625..][..4 * net.state().len()] {
            *byte = u8::try_from(draw(256)).expect("a byte");
        }
        net.restore(&noise).expect("any numbers are parameters");
        net.pass(&digits);
    }
    assert!(refused > 50 && taken > 200, "{refused} refused, {taken} taken");
}
