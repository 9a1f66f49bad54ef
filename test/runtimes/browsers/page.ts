// One page in one browser, in the few words that the runs need.

export interface Page {
  /** Opens an address and waits for it to load. */
  open(url: string): Promise<void>;
  /** The value of an expression in the page: JSON, and nothing that has to be awaited. */
  evaluate<T>(expression: string): Promise<T>;
  /** Clicks the middle of the element, as a pointer does. */
  click(selector: string): Promise<void>;
  /** Presses keys one after the other where the focus is; `Control+` holds that key. */
  press(...keys: readonly string[]): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  /** What is to be seen, as PNG. */
  screenshot(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface Browser {
  readonly name: 'Chromium' | 'Firefox' | 'WebKit';
  launch(): Promise<Page>;
}
