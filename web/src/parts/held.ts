/** Does `work`; whoever closes the tab meanwhile is asked whether what is on its way is to be given up. */
export async function held<T>(work: () => Promise<T>): Promise<T> {
  addEventListener('beforeunload', hold);
  try {
    return await work();
  } finally {
    removeEventListener('beforeunload', hold);
  }
}

function hold(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
