// Which strings a number may be: of some lengths, of a pattern, of a list. Each is an automaton over digits.

/** An automaton over digits; its states are whole numbers, the first is 0. */
export interface Grammar {
  /** How many states there are. */
  readonly states: number;
  /** The state after one more digit; −1 where no allowed string goes on with it. */
  next(state: number, digit: number): number;
  /** Whether a string may end here. */
  ends(state: number): boolean;
}

/** Any string, the empty one too. */
export const anyString: Grammar = { states: 1, next: () => 0, ends: () => true };

/** Strings of `least` to `most` digits. */
export function ofLength(least: number, most: number): Grammar {
  return {
    states: most + 1,
    next: (state) => (state < most ? state + 1 : -1),
    ends: (state) => state >= least,
  };
}

/**
 * Strings of a pattern: `#` stands for any digit, a digit for itself; other characters are between digits and stand for none.
 */
export function ofPattern(pattern: string): Grammar {
  const places = [...pattern].filter((character) => /[#0-9]/.test(character));
  return {
    states: places.length + 1,
    next: (state, digit) => (places[state] === '#' || places[state] === String(digit) ? state + 1 : -1),
    ends: (state) => state === places.length,
  };
}

/** The strings of a list, as a tree of their beginnings. @param strings of digits alone */
export function ofList(strings: Iterable<string>): Grammar {
  let children = new Int32Array(10 * 1024).fill(-1); // [state][digit]
  const isEnd: boolean[] = [false];
  for (const text of strings) {
    let state = 0;
    for (let place = 0; place < text.length; place++) {
      const at = state * 10 + text.charCodeAt(place) - 48;
      if (children[at] === -1) {
        if ((isEnd.length + 1) * 10 > children.length) {
          const larger = new Int32Array(2 * children.length).fill(-1);
          larger.set(children);
          children = larger;
        }
        children[at] = isEnd.push(false) - 1;
      }
      state = children[at] as number;
    }
    isEnd[state] = true;
  }
  return {
    states: isEnd.length,
    next: (state, digit) => children[state * 10 + digit] as number,
    ends: (state) => isEnd[state] as boolean,
  };
}

/** Strings that two grammars allow. */
export function inBoth(one: Grammar, other: Grammar): Grammar {
  const next = (state: number, digit: number): number => {
    const first = one.next(Math.floor(state / other.states), digit);
    const second = other.next(state % other.states, digit);
    return first < 0 || second < 0 ? -1 : first * other.states + second;
  };
  return {
    states: one.states * other.states,
    next,
    ends: (state) => one.ends(Math.floor(state / other.states)) && other.ends(state % other.states),
  };
}
