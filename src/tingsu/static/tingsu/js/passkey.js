// Passkeys: offered where the browser has them; what went wrong is said in words.
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const trouble = document.querySelector("[data-passkey-trouble]");
  if (trouble) trouble.hidden = false;
});
