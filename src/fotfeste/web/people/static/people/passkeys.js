// A passkey that was not used is told on the page: allauth's script reports it as an event.
"use strict";
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const notice of document.querySelectorAll(".passkey-failed")) {
    notice.hidden = false;
  }
});
