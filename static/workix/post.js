// Posts a form by itself, as soon as the page is there: see Note [Posted once more].
"use strict";

for (const form of document.querySelectorAll("form[data-posted-at-once]")) {
  form.submit();
}
