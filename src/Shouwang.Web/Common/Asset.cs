using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Shouwang.Web.Common;

/// <summary>One style sheet, script or picture that was built from <c>client/</c> and travels inside the assembly, compressed
/// beforehand.</summary>
public sealed class Asset
{
    private static readonly FrozenDictionary<string, Asset> s_all = Read().ToFrozenDictionary(a => a._path, StringComparer.Ordinal);

    private readonly string _path;
    private readonly string _version;
    private readonly byte[] _plain;
    private readonly byte[] _gzip;
    private readonly byte[] _brotli;

    private Asset(string path)
    {
        (_path, _plain, _gzip, _brotli) = (path, Bytes(path), Bytes($"{path}.gz"), Bytes($"{path}.br"));
        _version = Convert.ToHexStringLower(SHA256.HashData(_plain).AsSpan(0, 8));
    }

    /// <summary>The address of an asset, with its version, so that a browser may keep it for good.</summary>
    /// <exception cref="KeyNotFoundException">There is no such asset; a page asked for something that is not built.</exception>
    public static string Href(string path) => $"/{path}?v={s_all[path]._version}";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var asset in s_all.Values) routes.MapGet($"/{asset._path}", asset.Send).AllowAnonymous().ExcludeFromDescription();
    }

    private Task Send(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        var tag = $"\"{_version}\"";
        response.Headers.ETag = tag;
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.CacheControl = request.Query["v"] == _version ? "public, max-age=31536000, immutable" : "no-cache";
        if (request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var accepted = request.Headers.AcceptEncoding.ToString();
        var (encoding, body) = accepted.Contains("br", StringComparison.Ordinal) ? ("br", _brotli)
            : accepted.Contains("gzip", StringComparison.Ordinal) ? ("gzip", _gzip)
            : (null, _plain);
        if (encoding is not null) response.Headers.ContentEncoding = encoding;
        response.ContentType = Path.GetExtension(_path) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".webmanifest" => "application/manifest+json",
            _ => "application/octet-stream",
        };
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, 0, body.Length, http.RequestAborted);
    }

    private static IEnumerable<Asset> Read() => typeof(Asset).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("wwwroot/", StringComparison.Ordinal) && Path.GetExtension(n) is not (".br" or ".gz"))
        .Select(n => new Asset(n["wwwroot/".Length..]));

    private static byte[] Bytes(string path)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream($"wwwroot/{path}")
            ?? throw new InvalidOperationException($"The build left out {path}.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
