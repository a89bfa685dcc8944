using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Shouwang.Application.Common.Crypto;

namespace Shouwang.Web.Common;

/// <summary>Keeps the keys that sign cookies and forms sealed on the disk, under the house's own master key. 网页密钥封装</summary>
internal sealed class WebKeys(KeyRing keys) : IXmlEncryptor
{
    // The keys are files, not rows; the name alone says where they stand.
    internal static readonly SealedPlace Place = new("web", "key", Guid.Empty);

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var box = keys.Wrap(Place, Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)));
        return new(new XElement("sealed", Convert.ToBase64String(box)), typeof(SealedWebKeys));
    }
}

/// <summary>Opens them again; the framework makes it by the name that is written beside each key.</summary>
internal sealed class SealedWebKeys(IServiceProvider services) : IXmlDecryptor
{
    private readonly KeyRing _keys = services.GetRequiredService<KeyRing>();

    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        return XElement.Parse(Encoding.UTF8.GetString(_keys.Unwrap(WebKeys.Place, Convert.FromBase64String(encryptedElement.Value))));
    }
}
