using Shouwang.Application.Common;
using Shouwang.Application.SignIn;

namespace Shouwang.Web.Common;

/// <summary>Who is asking in this request; filled by <see cref="AccessGate"/>. 当前操作者</summary>
public sealed class ActorSource
{
    /// <summary>Who is signed in; null for everyone else.</summary>
    public SignedIn? SignedIn { get; internal set; }

    /// <summary>The actor of an endpoint that needs one.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in; the endpoint is public and must not ask.</exception>
    public Actor Actor => SignedIn?.Actor ?? throw new InvalidOperationException("A public endpoint has no actor.");
}
