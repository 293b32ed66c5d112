// The page's settings and the link that carries them.

import { describe, expect, test } from 'vitest';
import { recipes } from '../../ts/entries/index.ts';
import { defaultSettings, queryOf, recipeOf, type Settings, settingsFrom, settingsOf } from '../../ts/page/settings.ts';

describe('a link', () => {
  test('carries the settings there and back', () => {
    const all: readonly Settings[] = [
      defaultSettings,
      { recipe: 'senn2025', seed: 0, learningRate: 1e-6, passes: 1 },
      { recipe: 'modern2022', seed: 0xffff_ffff, learningRate: 0.30000000000000004, passes: 1000 },
    ];
    for (const settings of all) expect(settingsFrom(queryOf(settings))).toEqual(settings);
  });

  test('without settings means the paper’s recipe with its own', () => {
    const { learningRate, passes } = recipes.lecun1989;
    expect(settingsFrom('')).toEqual({ recipe: 'lecun1989', seed: 42, learningRate, passes });
    expect(settingsFrom('?recipe=senn2025')).toEqual(settingsOf('senn2025'));
  });

  test.each([
    '?recipe=toString&seed=1.5&learningRate=0&passes=0',
    '?recipe=&seed=-1&learningRate=-1&passes=1001',
    '?seed=4294967296&learningRate=1e-60&passes=1e9',
    '?seed=&learningRate=&passes=',
    '?seed=one&learningRate=NaN&passes=Infinity',
    '?seed=%20&learningRate=101&passes=%20',
  ])('with senseless settings means the recipe’s own: %s', (query) => {
    expect(settingsFrom(query)).toEqual(defaultSettings);
  });
});

describe('the recipe of some settings', () => {
  test('is the named one where nothing differs', () => {
    for (const name of ['lecun1989', 'senn2025', 'karpathy2022', 'modern2022'] as const) {
      expect(recipeOf(settingsOf(name))).toBe(recipes[name]);
    }
  });

  test('has the learning rate that is set', () => {
    const recipe = recipeOf({ ...settingsOf('senn2025'), learningRate: 0.1 });
    expect(recipe).toEqual({ ...recipes.senn2025, learningRate: 0.1 });
  });

  test('is the same however many passes are made: a short run is the beginning of the long one', () => {
    for (const passes of [1, 5, 1000]) {
      expect(recipeOf({ ...settingsOf('lecun1989'), passes })).toBe(recipes.lecun1989);
      expect(recipeOf({ ...settingsOf('modern2022'), passes, learningRate: 1e-3 }).passes).toBe(80);
    }
  });
});
