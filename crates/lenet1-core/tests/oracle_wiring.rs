//! The oracle's shapes against the paper's table, and its wiring against nets with a handful of weights.

mod oracle;

use oracle::positions::{CONNECTION_TABLE, bordered, grid, h1b, h1w, h2b, h2w, h3w, outw};
use oracle::{
    Activation, Cost, Draws, LAYERS, PARAMETERS, Rules, TENSORS, forward, random_dropout, random_image,
    random_parameters,
};

/// Tanh outputs.
const TANH: Rules = Rules {
    hidden: Activation::Tanh,
    output: Activation::Tanh,
    cost: Cost::MeanSquaredError,
    target_label: 1.0,
    target_others: -1.0,
};
/// Logistic outputs.
const LOGISTIC: Rules = Rules { output: Activation::Logistic, target_others: 0.0, ..TANH };

fn assert_near(got: f64, expected: f64, what: &str) {
    assert!((got - expected).abs() < 1e-14, "{what}: expected {expected}, got {got}");
}

#[test]
fn the_tensors_follow_one_another_and_hold_9760_parameters() {
    let mut next = 0;
    for (name, first, length) in TENSORS {
        assert_eq!(first, next, "{name} begins where the one before ends");
        next = first + length;
    }
    assert_eq!(next, PARAMETERS);
}

#[test]
fn every_layer_has_the_units_parameters_and_connections_of_the_paper() {
    let mut counts = Vec::new();
    let mut used = vec![false; PARAMETERS];
    for layer in &*LAYERS {
        let before = used.iter().filter(|&&used| used).count();
        let mut connections = 0;
        for (unit, inputs) in layer.units.iter().enumerate() {
            used[layer.first_bias + unit] = true;
            connections += 1;
            for connection in inputs {
                used[connection.weight] = true;
                connections += 1;
            }
        }
        let parameters = used.iter().filter(|&&used| used).count() - before;
        counts.push((layer.units.len(), parameters, connections));
    }
    assert_eq!(counts, [(768, 1068, 19_968), (192, 2592, 38_592), (30, 5790, 5790), (10, 310, 310)]);
    assert_eq!(256 + counts.iter().map(|count| count.0).sum::<usize>(), 1256);
    assert_eq!(counts.iter().map(|count| count.1).sum::<usize>(), PARAMETERS);
    assert_eq!(counts.iter().map(|count| count.2).sum::<usize>(), 64_660);
}

#[test]
fn a_forward_pass_gives_as_many_activations_as_the_paper_has_units() {
    let mut draws = Draws(1);
    let parameters = random_parameters(&mut draws);
    let activations = forward(&TANH, &parameters, &random_image(&mut draws));
    assert_eq!(activations.h1.len(), 768);
    assert_eq!(activations.h2.len(), 192);
    assert_eq!(activations.h3.len(), 30);
    assert_eq!(activations.output.len(), 10);
}

#[test]
fn the_top_left_unit_of_h1_reads_background_under_its_first_tap_whatever_the_image() {
    let mut parameters = vec![0.0; PARAMETERS];
    parameters[h1w(3, 0, 0)] = 0.7;
    parameters[h1b(3, 0, 0)] = 0.2;
    let mut draws = Draws(2);
    for image in [vec![1.0; 256], vec![0.0; 256], random_image(&mut draws)] {
        let h1 = forward(&TANH, &parameters, &image).h1;
        assert_near(h1[3 * 64], (0.2_f64 - 0.7).tanh(), "H1 map 3, unit (0, 0)");
    }
}

#[test]
fn the_top_left_unit_of_h2_reads_background_under_its_first_tap_whatever_h1_holds() {
    let mut draws = Draws(3);
    let mut parameters = random_parameters(&mut draws);
    parameters[1068..3468].fill(0.0);
    for slot in 0..8 {
        parameters[h2w(5, slot, 0, 0)] = 0.1;
    }
    parameters[h2b(5, 0, 0)] = 0.3;
    for _ in 0..3 {
        let h2 = forward(&TANH, &parameters, &random_image(&mut draws)).h2;
        assert_near(h2[5 * 16], (0.3_f64 - 0.8).tanh(), "H2 map 5, unit (0, 0)");
    }
}

#[test]
fn every_tap_of_h1_reads_its_own_pixel_or_the_background() {
    let image = random_image(&mut Draws(4));
    for (map, (dy, dx)) in (0..12).flat_map(|map| grid(5).map(move |tap| (map, tap))) {
        let mut parameters = vec![0.0; PARAMETERS];
        parameters[h1w(map, dy, dx)] = 1.0;
        let h1 = forward(&TANH, &parameters, &image).h1;
        for (y, x) in grid(8) {
            let expected = bordered(&image, 16)[2 * y + dy][2 * x + dx].tanh();
            let what = format!("H1 map {map}, unit ({y}, {x}), tap ({dy}, {dx})");
            assert_near(h1[map * 64 + y * 8 + x], expected, &what);
        }
    }
}

#[test]
fn every_tap_of_h2_reads_its_own_unit_of_h1_or_the_background() {
    let mut draws = Draws(5);
    let image = random_image(&mut draws);
    let mut parameters = random_parameters(&mut draws);
    let h1 = forward(&TANH, &parameters, &image).h1;
    parameters[1068..3660].fill(0.0);
    for (map, slot) in [(0, 0), (3, 7), (4, 0), (6, 3), (7, 7), (8, 3), (9, 4), (11, 7)] {
        let h1_map = CONNECTION_TABLE[map / 4][slot];
        let plane = bordered(&h1[h1_map * 64..][..64], 8);
        for (dy, dx) in grid(5) {
            parameters[h2w(map, slot, dy, dx)] = 1.0;
            let h2 = forward(&TANH, &parameters, &image).h2;
            parameters[h2w(map, slot, dy, dx)] = 0.0;
            for (y, x) in grid(4) {
                let expected = plane[2 * y + dy][2 * x + dx].tanh();
                let what = format!("H2 map {map}, unit ({y}, {x}), slot {slot}, tap ({dy}, {dx})");
                assert_near(h2[map * 16 + y * 4 + x], expected, &what);
            }
        }
    }
}

#[test]
fn an_h2_map_sees_its_eight_h1_maps_in_ascending_order_and_no_other() {
    // Without weights in H1 each of its maps holds one value, and each H2 map picks one slot.
    let mut parameters = vec![0.0; PARAMETERS];
    let levels: Vec<f64> = (1..=12).map(|level| f64::from(level) / 16.0).collect();
    for (map, (y, x)) in (0..12).flat_map(|map| grid(8).map(move |unit| (map, unit))) {
        parameters[h1b(map, y, x)] = levels[map].atanh();
    }
    for (map, slot) in (0..12).flat_map(|map| (0..8).map(move |slot| (map, slot))) {
        parameters[h2w(map, slot, 2, 2)] = 1.0;
        let h2 = forward(&TANH, &parameters, &[0.0; 256]).h2;
        parameters[h2w(map, slot, 2, 2)] = 0.0;
        let expected = levels[CONNECTION_TABLE[map / 4][slot]].tanh();
        let what = format!("H2 map {map}, slot {slot}");
        assert_near(h2[map * 16 + 5], expected, &what);
    }
}

#[test]
fn h3_reads_h2_flattened_map_by_map_and_row_by_row_and_the_output_reads_h3() {
    let mut draws = Draws(6);
    let image = random_image(&mut draws);
    let mut parameters = random_parameters(&mut draws);
    let h2 = forward(&LOGISTIC, &parameters, &image).h2;
    parameters[3660..].fill(0.0);
    for (unit, map, y, x) in [(0, 0, 0, 0), (7, 3, 1, 2), (29, 11, 3, 3), (12, 11, 0, 3)] {
        let digit = unit % 10;
        parameters[h3w(unit, map, y, x)] = 1.0;
        parameters[outw(digit, unit)] = 1.0;
        let activations = forward(&LOGISTIC, &parameters, &image);
        parameters[3660..].fill(0.0);
        let h3 = h2[map * 16 + y * 4 + x].tanh();
        assert_near(activations.h3[unit], h3, &format!("H3 unit {unit}"));
        let expected = 1.0 / (1.0 + (-h3).exp());
        assert_near(activations.output[digit], expected, &format!("output unit {digit}"));
    }
}

#[test]
fn random_images_and_parameters_stay_in_their_ranges_and_repeat() {
    let mut draws = Draws(7);
    let image = random_image(&mut draws);
    let count = |level: f64| image.iter().filter(|&&pixel| pixel.total_cmp(&level).is_eq()).count();
    assert_eq!(image.len(), 256);
    assert!(image.iter().all(|pixel| (-1.0..=1.0).contains(pixel)));
    assert!((64..107).contains(&count(-1.0)), "{} pixels are -1", count(-1.0));
    assert!((10..45).contains(&count(1.0)), "{} pixels are 1", count(1.0));
    let parameters = random_parameters(&mut draws);
    assert_eq!(parameters.len(), PARAMETERS);
    for (index, bound) in [(0, 0.48), (300, 0.5), (1068, 0.17), (3660, 0.174), (9450, 0.439)] {
        let (_, first, length) = *TENSORS.iter().find(|(_, first, _)| *first == index).expect("a tensor begins here");
        let tensor = &parameters[first..][..length];
        let largest = tensor.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
        assert!((0.9 * bound..=bound).contains(&largest), "{largest} of {bound}");
    }
    let mut draws = Draws(7);
    assert_eq!(random_image(&mut draws), image);
    assert_eq!(random_parameters(&mut draws), parameters);
}

#[test]
fn random_dropout_drops_about_its_rate_and_keeps_the_mean() {
    let factors = random_dropout(&mut Draws(8), 0.25);
    let dropped = factors.iter().filter(|&&factor| factor.total_cmp(&0.0).is_eq()).count();
    assert_eq!(factors.len(), 192);
    assert!((30..66).contains(&dropped), "{dropped} of 192 are dropped");
    assert_eq!(factors.iter().filter(|&&factor| (factor - 4.0 / 3.0).abs() < 1e-15).count(), 192 - dropped);
}
