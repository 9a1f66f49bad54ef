import fc from 'fast-check';

/** Any UTF-16 code unit, half surrogate pairs included. fast-check's own `binary` takes seconds to set up. */
export const codeUnit: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 0xffff })
  .map((code) => String.fromCharCode(code));

/** Values that are not text, for properties about text: much quicker to draw than `fc.anything()`. */
export const noText: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  ...[undefined, null, 0, NaN, 1n, true, {}, [], ['a'], Symbol('a'), () => 'a'],
);
