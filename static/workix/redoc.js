// ReDoc shows its maker's logo from their server. Nothing on our pages comes from elsewhere: it shows ours instead.
"use strict";

const ours = document.currentScript.dataset.icon;
const own = (value) => (String(value).startsWith("https://") ? ours : value);

const setAttribute = Element.prototype.setAttribute;
Element.prototype.setAttribute = function set(name, value) {
  return setAttribute.call(this, name, name === "src" ? own(value) : value);
};

const source = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
Object.defineProperty(HTMLImageElement.prototype, "src", {
  ...source,
  set(value) { source.set.call(this, own(value)); },
});
