/** Whether the lane of bits is unfolded, remembered in this browser. */

const KEY = 'framewitness.bits';

class Unfolded {
  #bits = $state(localStorage.getItem(KEY) === 'unfolded');

  get bits(): boolean {
    return this.#bits;
  }

  set bits(open: boolean) {
    this.#bits = open;
    localStorage.setItem(KEY, open ? 'unfolded' : 'folded');
  }
}

export const unfolded = new Unfolded();
