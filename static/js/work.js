// A busy form asks the browser for a little work: find a number whose hash with the form's stamp begins with zeros.
// Then the form sends itself. Without script, or where the browser cannot hash, the person waits and presses again.

const field = document.querySelector("[data-work]");
const form = field?.form;

const zeros = (bytes, bits) => new DataView(bytes).getUint32(0) >>> (32 - bits) === 0;

const work = async (stamp, bits) => {
  const text = new TextEncoder();
  for (let number = 0; ; number += 1) {
    if (zeros(await crypto.subtle.digest("SHA-256", text.encode(`${stamp}:${number}`)), bits)) return String(number);
  }
};

if (form && globalThis.crypto?.subtle) {
  form.querySelector("[data-work-words]").hidden = false;
  field.value = await work(form.elements.stamp.value, Number(field.dataset.work));
  // A page cannot put a chosen photo back: whoever sent one chooses it again and presses the button.
  if (!field.hasAttribute("data-work-holds")) form.requestSubmit();
}
